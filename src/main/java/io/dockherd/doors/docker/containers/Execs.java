package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Fleet.Located;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** Making, inspecting and resizing execs; starting one turns the connection into another thing. */
public record Execs(ContainerLookup lookup, ExecOwners owners) {
  public Execs {
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(owners, "owners");
  }

  /** Their routes. */
  public List<Route> routes() {
    return List.of(
        Route.change("POST", "/containers/{name}/exec", "container.exec", this::create),
        Route.read(
            "GET", "/exec/{id}/json", "container.exec.inspect", call -> passOn(call, "json")),
        Route.read(
            "POST", "/exec/{id}/resize", "container.exec.resize", call -> passOn(call, "resize")));
  }

  private Reply create(DockerCall call) {
    Located found = lookup.of(call);
    EngineRequest request = call.toEngine(PassedOn.SOON, "containers", found.id(), "exec");
    EngineResponse response = call.open().whileThere(() -> found.host().call(request));
    if (response.isSuccess() && response.json().orElse(null) instanceof JsonObject made) {
      owners.remember(made.getString("Id", ""), found.host().node());
    }
    return Replies.of(response);
  }

  private Reply passOn(DockerCall call, String verb) {
    String id = call.name("id");
    return call.passOn(owners.of(id), PassedOn.SOON, "exec", id, verb);
  }
}

package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Fleet.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code POST /commit?container=}: an image of a container, on the engine that has it. */
public record Commit(ContainerLookup lookup) {
  public Commit {
    Objects.requireNonNull(lookup, "lookup");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/commit", "container.commit", this::answer));
  }

  private Reply answer(DockerCall call) {
    String container = call.query().text("container");
    if (container.isEmpty()) {
      throw new DockerError(400, "no container is named to commit");
    }
    Located found = lookup.of(container);
    EngineRequest request = call.toEngine(PassedOn.LATE, "commit");
    Map<String, List<String>> query = new LinkedHashMap<>(request.query());
    query.put("container", List.of(found.id()));
    EngineRequest named =
        new EngineRequest(
            request.method(),
            request.path(),
            query,
            request.headers(),
            request.body(),
            request.limit());
    return Replies.of(call.open().whileThere(() -> found.host().stream(named)));
  }
}

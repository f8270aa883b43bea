package io.dockherd.doors.docker.hijacks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Hijacks;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.ContainerLookup;
import io.dockherd.fleet.Fleet.Located;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;

/** A container's input and output, on whichever node it is: bare, or in a WebSocket's frames. */
public record Attach(ContainerLookup lookup) {
  public Attach {
    Objects.requireNonNull(lookup, "lookup");
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.change(
            "POST",
            "/containers/{name}/attach",
            "container.attach",
            call -> answer(call, "attach")),
        Route.change(
            "GET",
            "/containers/{name}/attach/ws",
            "container.attach",
            call -> answer(call, "attach", "ws")));
  }

  private Reply answer(DockerCall call, String... verb) {
    Buffer body = Hijacks.body(call);
    Located found = lookup.of(call);
    return verb.length == 1
        ? Hijacks.join(call, found.host(), body, "containers", found.id(), verb[0])
        : Hijacks.join(call, found.host(), body, "containers", found.id(), verb[0], verb[1]);
  }
}

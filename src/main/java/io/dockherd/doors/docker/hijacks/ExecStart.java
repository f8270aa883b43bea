package io.dockherd.doors.docker.hijacks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Hijacks;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.ExecOwners;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Host;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Starting an exec: {@code {"Detach":false,"Tty":false}} makes the connection its input and output,
 * {@code {"Detach":true}} is a call like another. The engine is asked once, whatever becomes of it:
 * asked again it would run the command again, or say that it has run.
 */
public record ExecStart(ExecOwners owners) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  public ExecStart {
    Objects.requireNonNull(owners, "owners");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/exec/{id}/start", "container.exec.start", this::answer));
  }

  private Reply answer(DockerCall call) {
    Buffer body = Hijacks.body(call);
    boolean isDetached = Boolean.TRUE.equals(DockerCall.json(body).getValue("Detach"));
    String id = call.name("id");
    Host host = owners.of(id);
    if (!isDetached) {
      return Hijacks.join(call, host, body, "exec", id, "start");
    }
    EngineRequest request = call.toEngine(LIMIT, call.body(body), "exec", id, "start");
    return Replies.of(call.open().whileThere(() -> host.call(request)));
  }
}

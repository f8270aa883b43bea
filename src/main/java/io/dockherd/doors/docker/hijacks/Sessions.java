package io.dockherd.doors.docker.hijacks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Hijacks;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A builder's two ways in, HTTP/2 over a hijacked connection: {@code /session}, over which the
 * engine asks its client for files and secrets, and {@code /grpc}, the builder's own API.
 *
 * <p>A session goes where its build goes ({@link SessionPlaces}). A client that builds through
 * {@code /grpc} asks for no build we know of: it and its session go to this node's own engine. A
 * build that comes late, when its session is there already, follows it.
 */
public record Sessions(Fleet fleet, SessionPlaces places) {
  /** What names the session. */
  public static final String SESSION = "X-Docker-Expose-Session-Uuid";

  /** The build follows at once where one follows; the engine itself waits 5 s for a session. */
  private static final Duration BUILD_FOLLOWS = Duration.ofSeconds(2);

  public Sessions {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(places, "places");
  }

  /** Their routes. */
  public List<Route> routes() {
    return List.of(
        Route.change("POST", "/session", "build.session", this::session),
        Route.change("POST", "/grpc", "build.grpc", this::grpc));
  }

  private Reply session(DockerCall call) {
    String session = call.headers().get(SESSION);
    if (session == null || session.isEmpty()) {
      throw new DockerError(400, "the header " + SESSION + " is missing");
    }
    Buffer body = Hijacks.body(call);
    Host host =
        call.open()
            .whileThere(() -> places.await(session, BUILD_FOLLOWS))
            .map(fleet::host)
            .orElseGet(() -> fleet.host(places.place(session, fleet.local().node())));
    return Hijacks.join(call, host, body, "session");
  }

  private Reply grpc(DockerCall call) {
    return Hijacks.join(call, fleet.local(), Hijacks.body(call), "grpc");
  }
}

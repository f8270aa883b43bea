package io.dockherd.doors.docker;

import io.dockherd.doors.Reply;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.Hijack;
import io.dockherd.fleet.Host;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.regex.Pattern;

/** Calls whose connection becomes one with an engine's. */
public final class Hijacks {
  /** Engines answer these at once, before anything happens in the stream. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** They carry a few flags. */
  private static final int MOST_BODY_BYTES = 64 << 10;

  private static final Pattern POSTED =
      Pattern.compile("(/v[0-9.]+)?/(containers/.+/attach|exec/[^/]+/start|session|grpc)");
  private static final Pattern WEB_SOCKET = Pattern.compile("(/v[0-9.]+)?/containers/.+/attach/ws");

  private Hijacks() {}

  /** Whether a call may become one; by its path, for old clients say nothing of an upgrade. */
  static boolean mayBe(String method, String path) {
    return switch (method) {
      case "POST" -> POSTED.matcher(path).matches();
      case "GET" -> WEB_SOCKET.matcher(path).matches();
      default -> false;
    };
  }

  /** The body of a call that may become one; it has to be read before the engine is asked. */
  public static Buffer body(DockerCall call) {
    return call.open().body(MOST_BODY_BYTES);
  }

  /**
   * Asks a host's engine once, and joins the two connections or passes on what it says instead.
   *
   * @param body what {@link #body} brought
   */
  public static Reply join(DockerCall call, Host host, Buffer body, String... segments) {
    EngineRequest bare = call.toEngine(LIMIT, call.body(body), segments);
    String protocol = call.headers().get("Upgrade");
    EngineRequest request = protocol == null ? bare : bare.header("Upgrade", protocol);
    return switch (call.open().whileThere(() -> host.hijack(request))) {
      case Hijack.Open open -> new Reply.Joined(open);
      case Hijack.Declined(EngineResponse response) -> Replies.of(response);
    };
  }
}

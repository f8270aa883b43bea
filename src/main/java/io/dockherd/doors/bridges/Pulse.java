package io.dockherd.doors.bridges;

import io.dockherd.access.Identity;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Shows a WebSocket's client that we live, and cuts it off when it doesn't show the same till the
 * next time.
 */
record Pulse(SocketLine line, Identity who) {
  private static final Log LOG = Log.of(Pulse.class);

  /** Begins; the timer's id, to be cancelled when the socket closes. */
  long beat(Vertx vertx, Duration every) {
    ServerWebSocket socket = line.socket();
    AtomicBoolean isAlive = new AtomicBoolean(true);
    socket.pongHandler(pong -> isAlive.set(true));
    return vertx.setPeriodic(
        every.toMillis(),
        beat -> {
          if (!isAlive.getAndSet(false)) {
            LOG.debug("a bridge's client is gone", "client", who.origin());
            line.cut();
            return;
          }
          socket.writePing(Buffer.buffer("h"));
          if (line.isSockJs()) {
            socket.writeTextMessage("h");
          }
        });
  }
}

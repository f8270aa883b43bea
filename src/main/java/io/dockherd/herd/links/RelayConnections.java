package io.dockherd.herd.links;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The open connections of a relay's server. Vert.x's own idle limit would also end a stream that is
 * silent for good reasons, as the log of a quiet container; so those between two requests are
 * looked for here. One that was idle at a sweep and has had no request by the next is closed.
 */
final class RelayConnections {
  private final Map<HttpConnection, Use> open = new ConcurrentHashMap<>();
  private final AtomicLong sweeps = new AtomicLong();

  /** What a connection was last used for; {@code wasIdle} at the last sweep. */
  private static final class Use {
    private volatile HttpServerRequest last;
    private volatile String node = "";
    private volatile boolean wasIdle;

    boolean isIdle() {
      HttpServerRequest request = last;
      if (request == null) {
        return true;
      }
      // Once upgraded, a connection is no longer HTTP's, and its bytes are not seen here.
      return request.response().ended() && !request.headers().contains(HttpHeaders.UPGRADE);
    }
  }

  void opened(HttpConnection connection) {
    open.put(connection, new Use());
    connection.closeHandler(closed -> open.remove(connection));
  }

  void used(HttpServerRequest request, Peer peer) {
    Use use = open.get(request.connection());
    if (use != null) {
      use.node = peer.node();
      use.last = request;
      use.wasIdle = false;
    }
  }

  /** Closes what has been idle since the last sweep. */
  void sweep() {
    sweeps.incrementAndGet();
    open.forEach(
        (connection, use) -> {
          boolean idle = use.isIdle();
          if (idle && use.wasIdle) {
            connection.close();
          }
          use.wasIdle = idle;
        });
  }

  /** Closes all connections that came from that node, whatever they are busy with. */
  void hangUp(String node) {
    open.forEach(
        (connection, use) -> {
          if (use.node.equals(node)) {
            connection.close();
          }
        });
  }

  long sweeps() {
    return sweeps.get();
  }

  int count() {
    return open.size();
  }
}

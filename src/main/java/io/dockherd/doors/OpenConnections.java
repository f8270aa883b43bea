package io.dockherd.doors;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open connections of one listener. Closes those that have had no request in work for too long,
 * which also catches callers that send their header lines one byte at a time for ever: an idle
 * limit on bytes would not.
 */
final class OpenConnections implements AutoCloseable {
  private final Vertx vertx;
  private final int limit;
  private final long idleNanos;
  private final Map<HttpConnection, Guest> guests = new ConcurrentHashMap<>();
  private final long sweep;

  OpenConnections(Vertx vertx, int limit, Duration idle) {
    this.vertx = vertx;
    this.limit = limit;
    this.idleNanos = idle.toNanos();
    long period = Math.clamp(idle.toMillis() / 4, 50, 5_000);
    this.sweep = vertx.setPeriodic(period, timer -> closeIdle());
  }

  /** A connection came in; one too many is closed at once. */
  void add(HttpConnection connection) {
    if (guests.size() >= limit) {
      connection.close();
      return;
    }
    guests.put(connection, new Guest());
    connection.closeHandler(closed -> guests.remove(connection));
  }

  /** A request has begun on it. */
  void begin(HttpConnection connection) {
    Guest guest = guests.get(connection);
    if (guest != null) {
      guest.requests.incrementAndGet();
    }
  }

  /** A request has ended on it. */
  void end(HttpConnection connection) {
    Guest guest = guests.get(connection);
    if (guest != null) {
      guest.lastNanos = System.nanoTime();
      guest.requests.decrementAndGet();
    }
  }

  int count() {
    return guests.size();
  }

  private void closeIdle() {
    long now = System.nanoTime();
    guests.forEach(
        (connection, guest) -> {
          if (guest.requests.get() == 0 && now - guest.lastNanos > idleNanos) {
            connection.close();
          }
        });
  }

  @Override
  public void close() {
    vertx.cancelTimer(sweep);
  }

  private static final class Guest {
    private final AtomicInteger requests = new AtomicInteger();
    private volatile long lastNanos = System.nanoTime();
  }
}

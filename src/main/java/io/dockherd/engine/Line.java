package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.http.HttpClientConnection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection to an engine, for one request at a time.
 *
 * @param context on whose event loop it is used
 */
final class Line {
  final Context context;
  final HttpClientConnection connection;
  private final Thread loop;
  private boolean isClosedByUs;
  private volatile boolean isClosed;
  private volatile Optional<Throwable> trouble = Optional.empty();
  private long idleSinceNanos;

  /**
   * To be made on its event loop. {@code onClosed} is told when it is closed, and whether by us.
   */
  Line(Context context, HttpClientConnection connection, Consumer<Boolean> onClosed) {
    this.context = context;
    this.connection = connection;
    this.loop = Thread.currentThread();
    connection.exceptionHandler(cause -> trouble = Optional.of(cause));
    connection.closeHandler(
        v -> {
          isClosed = true;
          onClosed.accept(isClosedByUs());
        });
  }

  /** Whether that is the thread of its event loop. */
  boolean isOn(Thread thread) {
    return loop == thread;
  }

  /** Closes it, with whatever is under way on it. */
  void close() {
    synchronized (this) {
      isClosedByUs = true;
    }
    isClosed = true;
    connection.close();
  }

  /** Why it ended, where more is known than that it did: what TLS had to say. */
  Optional<Throwable> trouble() {
    return trouble;
  }

  boolean isClosed() {
    return isClosed;
  }

  private synchronized boolean isClosedByUs() {
    return isClosedByUs;
  }

  synchronized void rest(long nowNanos) {
    idleSinceNanos = nowNanos;
  }

  /** Whether it has not been used for so long. */
  synchronized boolean isIdleSince(long nanoTime) {
    return idleSinceNanos - nanoTime <= 0;
  }
}

package io.dockherd.doors.bridges;

import io.dockherd.failure.Conflict;
import io.dockherd.telemetry.Log;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The servers a bridge has opened. */
final class Opened<S> implements AutoCloseable {
  private static final Log LOG = Log.of(Opened.class);
  private static final int LIMIT_SECONDS = 10;

  private final String what;
  private final Map<S, Supplier<Future<Void>>> closes = new ConcurrentHashMap<>();

  Opened(String what) {
    this.what = what;
  }

  /**
   * Waits until a server listens.
   *
   * @throws Conflict when it can't
   */
  void add(S server, Future<S> listening, Supplier<Future<Void>> close, String host, int port) {
    try {
      await(listening);
    } catch (CompletionException e) {
      String address = host + ":" + port;
      throw new Conflict(
          address,
          "the " + what + " can't listen on " + address + ": " + e.getCause().getMessage(),
          "free that port or choose another",
          e.getCause());
    }
    closes.put(server, close);
    LOG.info("bridge open", "what", what, "host", host, "port", port);
  }

  @Override
  public void close() {
    closes
        .values()
        .forEach(
            close -> {
              try {
                await(close.get());
              } catch (CompletionException e) {
                LOG.warn("bridge did not close", "what", what, "why", e.getCause());
              }
            });
    closes.clear();
  }

  private static <T> void await(Future<T> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}

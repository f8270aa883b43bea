package io.dockherd.engine;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The moment by which something has to be done. */
record Deadline(long nanoTime) {
  /** So long from now. */
  static Deadline in(Duration limit) {
    // A limit of centuries must not overflow into the past.
    long nanos = limit.compareTo(Duration.ofDays(365)) > 0 ? YEAR : limit.toNanos();
    return new Deadline(System.nanoTime() + nanos);
  }

  private static final long YEAR = Duration.ofDays(365).toNanos();

  /** What is left of the time; zero or less when it is over. */
  long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /** What is left of the time, at least one millisecond: for timers that take zero as "never". */
  long remainingMillis() {
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos()));
  }

  /**
   * Waits for what a future brings.
   *
   * @throws TimeoutException when the time is over first
   * @throws ExecutionException with what the future failed with
   * @throws InterruptedException when the waiting thread is wanted elsewhere
   */
  <T> T await(Future<T> future) throws TimeoutException, ExecutionException, InterruptedException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Math.max(0, remainingNanos()), TimeUnit.NANOSECONDS);
  }
}

package io.dockherd.herd.links;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Waits for Vert.x on a virtual thread. */
final class Waiting {
  private Waiting() {}

  /**
   * What the future holds in the end.
   *
   * @param failed makes a failure of what went wrong, unless it is one already
   * @throws TimedOut about {@code subject} when it takes longer than the limit
   */
  static <T> T on(
      Future<T> future, Duration limit, Function<Throwable, Failure> failed, String subject) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : failed.apply(e.getCause());
    } catch (TimeoutException e) {
      throw new TimedOut(subject, subject + " did not answer in " + limit, "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(subject, "interrupted while waiting for " + subject, "", e);
    }
  }
}

package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** For callers on an event loop: has something that waits done on a virtual thread. */
public final class Handover {
  private Handover() {}

  /** Does it there; what it returns or throws is told on the caller's event loop, if it has one. */
  public static <T> Future<T> of(Supplier<T> waiting) {
    return of(waiting, Promise.promise().future());
  }

  /** The same; the thread is interrupted when its result is unwanted. */
  public static <T> Future<T> of(Supplier<T> waiting, Future<?> unwanted) {
    Promise<T> outcome = Promise.promise();
    Context context = Vertx.currentContext();
    Thread thread =
        Thread.ofVirtual()
            .name("handed over")
            .start(
                HomeLoop.kept(
                    () -> {
                      Future<T> done = outcome(waiting);
                      if (context == null) {
                        done.onComplete(outcome);
                      } else {
                        context.runOnContext(back -> done.onComplete(outcome));
                      }
                    }));
    unwanted.onComplete(gone -> thread.interrupt());
    return outcome.future();
  }

  private static <T> Future<T> outcome(Supplier<T> waiting) {
    try {
      return Future.succeededFuture(waiting.get());
    } catch (RuntimeException | Error e) {
      // Errors too: whoever waits is to be told, whatever it was.
      return Future.failedFuture(e);
    }
  }
}

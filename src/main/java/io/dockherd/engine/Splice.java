package io.dockherd.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Two two-way streams made one: what one says the other hears, as fast as it takes it; a half
 * closed here is closed there. When one is gone, the other gets what was still on its way and is
 * closed then; it is closed at once when the caller went without a word.
 */
public final class Splice {
  /**
   * How long a side that is still there may take to take its leave, after all was said to it.
   * Closing at once on somebody who still talks would reset the connection, and take the last words
   * with it that he has not read yet.
   */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final DuplexStream caller;
  private final DuplexStream engine;
  private final Conduit questions;
  private final Conduit answers;

  private Splice(Vertx vertx, DuplexStream caller, DuplexStream engine) {
    this.vertx = vertx;
    this.caller = caller;
    this.engine = engine;
    this.questions = new Conduit(caller);
    this.answers = new Conduit(engine);
  }

  /**
   * Joins them; both are paused.
   *
   * @return done when both are closed
   */
  public static Future<Void> join(Vertx vertx, DuplexStream caller, DuplexStream engine) {
    return new Splice(vertx, caller, engine).start();
  }

  private Future<Void> start() {
    Promise<Void> callerGone = Promise.promise();
    Promise<Void> engineGone = Promise.promise();
    caller.closeHandler(callerGone::tryComplete);
    engine.closeHandler(engineGone::tryComplete);
    caller.exceptionHandler(broken -> engine.close());
    engine.exceptionHandler(broken -> {});
    Future<Void> asked = questions.to(engine);
    Future<Void> answered = answers.to(caller);
    // Over: all has been said and the half is closed, or could not be.
    callerGone.future().onSuccess(gone -> asked.onComplete(over -> engine.close()));
    callerGone.future().onSuccess(gone -> closeLater(engine, engineGone));
    engineGone
        .future()
        .onSuccess(gone -> answered.onComplete(over -> closeLater(caller, callerGone)));
    return Future.all(callerGone.future(), engineGone.future()).mapEmpty();
  }

  private void closeLater(DuplexStream stream, Promise<Void> gone) {
    long timer = vertx.setTimer(LINGER.toMillis(), late -> stream.close());
    gone.future().onComplete(closed -> vertx.cancelTimer(timer));
  }
}

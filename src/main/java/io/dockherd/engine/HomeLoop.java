package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * The event loop on which a caller's bytes come and go, known to whoever works for that caller on a
 * virtual thread: a stream opened there is read on that very loop, so that no other thread has to
 * be woken for each of its pieces.
 */
public record HomeLoop(Context context, Thread thread) {
  private static final ScopedValue<HomeLoop> CURRENT = ScopedValue.newInstance();

  /** That work, to be done on another thread; it keeps the event loop this is called on, if any. */
  public static Runnable kept(Runnable work) {
    Context context = Vertx.currentContext();
    if (context == null || !Context.isOnEventLoopThread()) {
      return work;
    }
    HomeLoop home = new HomeLoop(context, Thread.currentThread());
    return () -> ScopedValue.where(CURRENT, home).run(work);
  }

  /** That of the work this thread does. */
  static Optional<HomeLoop> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Its context, or whatever the thread has. */
  static Context contextOr(Vertx vertx) {
    return current().map(HomeLoop::context).orElseGet(vertx::getOrCreateContext);
  }
}

package io.dockherd.doors.apps;

import io.dockherd.apps.logs.AppLine;
import io.dockherd.apps.logs.LogFeed;
import io.dockherd.failure.Refused;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A feed of lines as a stream of bytes: a thread of its own takes as many pieces as the reader asks
 * for, and no line more. An empty one says now and then that it is alive. A reader who takes
 * nothing for too long is cut off: he would keep his place, and the engines' connections, for ever.
 */
final class LineStream implements ReadStream<Buffer> {
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** Far more pieces than are ever asked for at once. */
  private static final int NO_END = 1 << 30;

  private final LogFeed feed;
  private final Function<AppLine, JsonObject> form;
  private final Runnable onClose;
  private final Duration patience;
  private final Semaphore wanted = new Semaphore(0);
  private Context context;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private boolean isBegun;
  private boolean isClosed;

  /**
   * @param patience with a reader who takes nothing
   * @param onClose told once, when it is over
   */
  LineStream(
      LogFeed feed, Function<AppLine, JsonObject> form, Duration patience, Runnable onClose) {
    this.feed = feed;
    this.form = form;
    this.patience = patience;
    this.onClose = onClose;
  }

  private void run() {
    boolean isStalled = false;
    try {
      boolean isOver = false;
      while (!isOver) {
        isStalled = !wanted.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (isStalled) {
          return;
        }
        switch (feed.next(SILENCE)) {
          case LogFeed.Next.Line(AppLine line) -> give(form.apply(line).encode() + "\n");
          case LogFeed.Next.Silence silence -> give("\n");
          case LogFeed.Next.End end -> isOver = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish(isStalled);
    }
  }

  private void give(String text) {
    Handler<Buffer> to;
    synchronized (this) {
      to = handler;
    }
    if (to != null) {
      onContext(() -> to.handle(Buffer.buffer(text)));
    }
  }

  /** Half an answer is not to be taken for a whole one: who is cut off finds his stream broken. */
  private void finish(boolean isStalled) {
    Handler<Void> atEnd;
    Handler<Throwable> atFailure;
    synchronized (this) {
      atEnd = endHandler;
      atFailure = exceptionHandler;
    }
    close();
    if (isStalled && atFailure != null) {
      String reason = "the reader took nothing for " + patience.toSeconds() + " s";
      onContext(() -> atFailure.handle(new Refused("logs", reason, "read on, or ask for less")));
    } else if (!isStalled && atEnd != null) {
      onContext(() -> atEnd.handle(null));
    }
  }

  private synchronized void onContext(Runnable work) {
    if (context == null) {
      work.run();
    } else {
      context.runOnContext(now -> work.run());
    }
  }

  /** The reader has gone, or has all. */
  void close() {
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
    }
    feed.close();
    wanted.release();
    onClose.run();
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> next) {
    synchronized (this) {
      handler = next;
      if (next == null || isBegun) {
        return this;
      }
      isBegun = true;
      context = Vertx.currentContext();
    }
    Thread.ofVirtual().name("logs").start(this::run);
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> next) {
    endHandler = next;
    return this;
  }

  /** Only of a reader who is cut off: a node that can't be reached is passed over. */
  @Override
  public synchronized ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    wanted.drainPermits();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(NO_END);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    int room = NO_END - wanted.availablePermits();
    wanted.release((int) Math.min(amount, Math.max(0, room)));
    return this;
  }
}

package io.dockherd.doors.apps;

import io.dockherd.apps.logs.AppLine;
import io.dockherd.apps.logs.LogFeed;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A feed of lines as a stream of bytes: a thread of its own takes as many pieces as the reader asks
 * for, and no line more. An empty one says now and then that it is alive.
 */
final class LineStream implements ReadStream<Buffer> {
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** Far more pieces than are ever asked for at once. */
  private static final int NO_END = 1 << 30;

  private final LogFeed feed;
  private final Function<AppLine, JsonObject> form;
  private final Runnable onClose;
  private final Semaphore wanted = new Semaphore(0);
  private Context context;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private boolean isBegun;
  private boolean isClosed;

  /**
   * @param onClose told once, when it is over
   */
  LineStream(LogFeed feed, Function<AppLine, JsonObject> form, Runnable onClose) {
    this.feed = feed;
    this.form = form;
    this.onClose = onClose;
  }

  private void run() {
    try {
      boolean isOver = false;
      while (!isOver) {
        wanted.acquire();
        switch (feed.next(SILENCE)) {
          case LogFeed.Next.Line(AppLine line) -> give(form.apply(line).encode() + "\n");
          case LogFeed.Next.Silence silence -> give("\n");
          case LogFeed.Next.End end -> isOver = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finish();
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

  private void finish() {
    Handler<Void> to;
    synchronized (this) {
      to = endHandler;
    }
    close();
    if (to != null) {
      onContext(() -> to.handle(null));
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

  /** It never breaks: a node that can't be reached is passed over. */
  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
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

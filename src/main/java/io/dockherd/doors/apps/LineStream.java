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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A feed of lines as a stream of bytes: a thread of its own takes as many pieces as the reader asks
 * for, and no line more. An empty one says now and then that it is alive. A reader who asks for
 * nothing is waited for, as he may look through pages, but not for ever.
 */
final class LineStream implements ReadStream<Buffer> {
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Far more pieces than are ever asked for at once. */
  private static final int NO_END = 1 << 30;

  private final LogFeed feed;
  private final Function<AppLine, JsonObject> form;
  private final Duration patience;
  private final AtomicReference<Runnable> onClose = new AtomicReference<>(() -> {});
  private final Semaphore wanted = new Semaphore(0);
  private Context context;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private OptionalLong stalledSince = OptionalLong.empty();
  private Optional<Refused> cutOff = Optional.empty();
  private boolean isBegun;
  private boolean isClosed;

  LineStream(LogFeed feed, Function<AppLine, JsonObject> form) {
    this(feed, form, PATIENCE);
  }

  /**
   * @param patience how long to wait for a reader who asks for nothing
   */
  LineStream(LogFeed feed, Function<AppLine, JsonObject> form, Duration patience) {
    this.feed = feed;
    this.form = form;
    this.patience = patience;
  }

  /** What to do when it is over, once. */
  void onClose(Runnable what) {
    onClose.set(what);
  }

  private void run() {
    try {
      boolean isOver = false;
      while (!isOver && isAskedForMore()) {
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

  private boolean isAskedForMore() throws InterruptedException {
    if (wanted.tryAcquire()) {
      return true;
    }
    synchronized (this) {
      stalledSince = OptionalLong.of(System.nanoTime());
    }
    boolean isAsked = wanted.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    synchronized (this) {
      stalledSince = OptionalLong.empty();
    }
    if (!isAsked) {
      cutOff();
    }
    return isAsked;
  }

  /** How long it has waited for its reader. */
  synchronized Duration stalledFor() {
    return stalledSince.isPresent()
        ? Duration.ofNanos(System.nanoTime() - stalledSince.getAsLong())
        : Duration.ZERO;
  }

  /** Ends it for a reader who takes nothing: he is told that he has not read all. */
  void cutOff() {
    synchronized (this) {
      cutOff = Optional.of(new Refused("logs", "the reader of the log took nothing for long", ""));
    }
    close();
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
    close();
    onContext(this::end);
  }

  private void end() {
    Handler<Void> atEnd;
    Handler<Throwable> atBreak;
    Optional<Refused> why;
    synchronized (this) {
      atEnd = endHandler;
      atBreak = exceptionHandler;
      why = cutOff;
    }
    if (why.isPresent() && atBreak != null) {
      atBreak.handle(why.get());
    } else if (atEnd != null) {
      atEnd.handle(null);
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
    onClose.get().run();
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

  /** Told when the reader is cut off: a node that can't be reached is passed over. */
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

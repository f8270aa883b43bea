package io.dockherd.fleet.images;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What one reader of a {@link Tee} reads: given on the reader's own event loop, if it has one. */
final class TeeBranch implements ReadStream<Buffer> {
  private final Runnable onTaken;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private Handler<Buffer> handler = bytes -> {};
  private Handler<Void> endHandler = end -> {};
  private Handler<Throwable> exceptionHandler = cause -> {};
  private Context context;
  private long demand;
  private long waitingBytes;
  private long takenBytes;
  private long countedFrom;
  private boolean isEnding;
  private Optional<Throwable> failure = Optional.empty();

  /** Nothing is given any more: it has ended, failed, or its reader has left. */
  private boolean isOver;

  private boolean isDelivering;

  /**
   * @param onTaken told when there is room again
   */
  TeeBranch(Runnable onTaken) {
    this.onTaken = onTaken;
  }

  synchronized long waitingBytes() {
    return waitingBytes;
  }

  synchronized Optional<Throwable> failure() {
    return failure;
  }

  synchronized void beginCounting() {
    countedFrom = takenBytes;
  }

  synchronized long takenSinceCounting() {
    return takenBytes - countedFrom;
  }

  void add(Buffer bytes) {
    synchronized (this) {
      if (isOver || failure.isPresent()) {
        return;
      }
      waiting.add(bytes);
      waitingBytes += bytes.length();
    }
    deliverSoon();
  }

  void end() {
    synchronized (this) {
      isEnding = true;
    }
    deliverSoon();
  }

  void fail(Throwable cause) {
    synchronized (this) {
      if (isOver || failure.isPresent()) {
        return;
      }
      failure = Optional.of(cause);
      drop();
    }
    deliverSoon();
  }

  synchronized void leave() {
    isOver = true;
    drop();
  }

  private void drop() {
    waiting.clear();
    waitingBytes = 0;
  }

  private void deliverSoon() {
    Context where;
    synchronized (this) {
      where = context;
    }
    deliverOn(where);
  }

  private void deliverOn(Context where) {
    if (where == null) {
      deliver(null);
    } else {
      where.runOnContext(now -> deliver(where));
    }
  }

  /**
   * @param here the reader's event loop, if that is where this runs
   */
  private void deliver(Context here) {
    Runnable next = next(here);
    while (next != null) {
      try {
        next.run();
      } finally {
        synchronized (this) {
          isDelivering = false;
        }
      }
      onTaken.run();
      next = next(here);
    }
  }

  /** What is to be given now; null when nothing is, or another thread is at it. */
  private synchronized Runnable next(Context here) {
    if (isDelivering || isOver) {
      return null;
    }
    if (here != context) {
      // The reader came meanwhile. Given on another thread, it could ask to be told of room just
      // after there was some, and wait for ever.
      deliverOn(context);
      return null;
    }
    if (failure.isPresent()) {
      isOver = true;
      Handler<Throwable> told = exceptionHandler;
      Throwable cause = failure.get();
      return () -> told.handle(cause);
    }
    if (demand == 0) {
      return null;
    }
    Buffer bytes = waiting.poll();
    if (bytes == null) {
      if (!isEnding) {
        return null;
      }
      isOver = true;
      Handler<Void> told = endHandler;
      return () -> told.handle(null);
    }
    isDelivering = true;
    demand = demand == Long.MAX_VALUE ? demand : demand - 1;
    waitingBytes -= bytes.length();
    takenBytes += bytes.length();
    Handler<Buffer> told = handler;
    return () -> told.handle(bytes);
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> next) {
    synchronized (this) {
      handler = next == null ? bytes -> {} : next;
      context = Vertx.currentContext();
    }
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> next) {
    endHandler = next == null ? end -> {} : next;
    return this;
  }

  /** One that failed before it had a reader tells so as soon as it has. */
  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    Optional<Throwable> missed;
    synchronized (this) {
      exceptionHandler = next == null ? cause -> {} : next;
      missed = isOver && next != null ? failure : Optional.empty();
    }
    missed.ifPresent(cause -> next.handle(cause));
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> pause() {
    demand = 0;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    synchronized (this) {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    }
    deliverSoon();
    return this;
  }
}

package io.dockherd.fleet.images;

import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of JSON objects, one a line, that several threads write and one caller reads. Who writes
 * faster than it is read waits. After {@link #close} nothing more is taken, and nobody waits.
 */
public final class Feed implements ReadStream<Buffer> {
  private static final Log LOG = Log.of(Feed.class);

  /** So many lines may be ahead of the reader. */
  private static final int MOST_WAITING = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private Handler<Buffer> handler = line -> {};
  private Handler<Void> endHandler = end -> {};
  private Context context;
  private long demand;
  private boolean isEnding;
  private boolean isEnded;
  private boolean isClosed;
  private boolean isDelivering;
  private final Runnable onClose;

  /** A stream nobody minds being read no more. */
  public Feed() {
    this(() -> {});
  }

  /**
   * @param onClose done when nobody reads any more; once
   */
  public Feed(Runnable onClose) {
    this.onClose = onClose;
  }

  /**
   * One more line; waits while too many are ahead of the reader. False when nobody reads any more.
   */
  public boolean write(JsonObject line) {
    lock.lock();
    try {
      while (waiting.size() >= MOST_WAITING && !isClosed) {
        changed.await();
      }
      if (isClosed || isEnding) {
        return false;
      }
      waiting.add(bytes(line));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
    deliverSoon();
    return true;
  }

  /** One more line, if the reader is not too far behind for it: for what is only progress. */
  public void offer(JsonObject line) {
    lock.lock();
    try {
      if (waiting.size() >= MOST_WAITING || isClosed || isEnding) {
        return;
      }
      waiting.add(bytes(line));
    } finally {
      lock.unlock();
    }
    deliverSoon();
  }

  /** An error as Docker tells one in a stream: the last line of it. */
  public static JsonObject error(String message) {
    return new JsonObject()
        .put("errorDetail", new JsonObject().put("message", message))
        .put("error", message);
  }

  /** As an engine's answer. */
  public EngineStream stream() {
    return new EngineStream(
        200,
        List.of(new EngineResponse.Header("Content-Type", "application/json")),
        this,
        this::close);
  }

  private static Buffer bytes(JsonObject line) {
    return line.toBuffer().appendString("\r\n");
  }

  /** That was all. */
  public void end() {
    lock.lock();
    try {
      isEnding = true;
    } finally {
      lock.unlock();
    }
    deliverSoon();
  }

  /** Has it written, and ends whatever becomes of that: what breaks unforeseen is the last line. */
  public void endAfter(Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException e) {
      LOG.error("a stream broke", e);
      write(error("this should not have happened: " + e));
    } finally {
      end();
    }
  }

  /** Nobody reads any more. */
  public void close() {
    lock.lock();
    try {
      if (isClosed || isEnded) {
        return;
      }
      isClosed = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.run();
  }

  private void deliverSoon() {
    Context where;
    lock.lock();
    try {
      where = context;
    } finally {
      lock.unlock();
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
   * Gives what is there and asked for; one thread at a time, so that lines stay in order.
   *
   * @param here the reader's event loop, if that is where this runs
   */
  private void deliver(Context here) {
    while (true) {
      Buffer line;
      lock.lock();
      try {
        boolean ends = isEnding && waiting.isEmpty() && !isEnded && !isClosed;
        if (isDelivering || demand == 0 || waiting.isEmpty() && !ends) {
          return;
        }
        if (here != context) {
          // The reader came meanwhile. Given on another thread, it could ask to be told of room
          // just after there was some, and wait for ever.
          deliverOn(context);
          return;
        }
        line = waiting.poll();
        isEnded = line == null;
        if (line != null && demand != Long.MAX_VALUE) {
          demand--;
        }
        isDelivering = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      try {
        if (line == null) {
          endHandler.handle(null);
        } else {
          handler.handle(line);
        }
      } finally {
        lock.lock();
        try {
          isDelivering = false;
        } finally {
          lock.unlock();
        }
      }
    }
  }

  @Override
  public Feed handler(Handler<Buffer> next) {
    lock.lock();
    try {
      handler = next == null ? line -> {} : next;
      context = Vertx.currentContext();
    } finally {
      lock.unlock();
    }
    return this;
  }

  @Override
  public Feed endHandler(Handler<Void> next) {
    lock.lock();
    try {
      endHandler = next == null ? end -> {} : next;
    } finally {
      lock.unlock();
    }
    return this;
  }

  /** It never fails: what goes wrong is told in a line. */
  @Override
  public Feed exceptionHandler(Handler<Throwable> unused) {
    return this;
  }

  @Override
  public Feed pause() {
    lock.lock();
    try {
      demand = 0;
    } finally {
      lock.unlock();
    }
    return this;
  }

  @Override
  public Feed resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Feed fetch(long amount) {
    lock.lock();
    try {
      demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    } finally {
      lock.unlock();
    }
    deliverSoon();
    return this;
  }
}

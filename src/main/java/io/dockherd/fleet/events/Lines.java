package io.dockherd.fleet.events;

import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Refused;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Lines that come now and then, for a reader who takes them at his own pace: whoever writes never
 * waits, and who reads too slowly is cut off.
 *
 * <p>Read on the context of whoever sets the handler; without one, on the writer's own thread.
 */
public final class Lines implements ReadStream<Buffer> {
  /** Lines that wait are given together up to about so many bytes. */
  private static final int PIECE_BYTES = 32 << 10;

  /** Events of containers with long labels: fewer than {@code most} may wait then. */
  private static final long MOST_BYTES = 16 << 20;

  private final int most;
  private final long patienceNanos;
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private Runnable onClose = () -> {};
  private Context context;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;
  private long waitingBytes;
  private long demand;
  private boolean isGiving;
  private boolean isStalled;
  private long stalledSince;
  private boolean isEnded;
  private boolean isGone;
  private boolean isClosed;
  private Optional<Refused> cutOff = Optional.empty();

  /**
   * @param most so many lines may wait
   * @param patience so long they may wait for a reader who takes nothing
   */
  public Lines(int most, Duration patience) {
    this.most = most;
    this.patienceNanos = patience.toNanos();
  }

  /** As a stream of JSON objects, for an answer; it ends when {@link #end} is called. */
  public EngineStream answer() {
    return new EngineStream(
        200, List.of(new Header("Content-Type", "application/json")), this, this::close);
  }

  /** What to do when the reader goes, has been cut off or has read the last line; once. */
  public void onClose(Runnable what) {
    synchronized (this) {
      if (!isClosed) {
        onClose = what;
        return;
      }
    }
    what.run();
  }

  /** Writes a line; nothing happens after the end. Never waits. */
  public void write(Buffer line) {
    Optional<String> objection;
    synchronized (this) {
      if (isEnded) {
        return;
      }
      objection = objection(line);
      if (objection.isEmpty()) {
        waiting.add(line);
        waitingBytes += line.length();
        noteStall();
      }
    }
    objection.ifPresentOrElse(this::cutOff, this::give);
  }

  private Optional<String> objection(Buffer line) {
    if (waiting.size() >= most) {
      return Optional.of("more than " + most + " events wait for it");
    }
    if (waitingBytes + line.length() > MOST_BYTES) {
      return Optional.of("more than " + MOST_BYTES + " bytes wait for it");
    }
    return isStalled && System.nanoTime() - stalledSince > patienceNanos
        ? Optional.of("it took nothing for " + patienceNanos / 1_000_000 + " ms")
        : Optional.empty();
  }

  /** The reader is told no more, for that reason; what waits for him is lost. */
  public void cutOff(String reason) {
    synchronized (this) {
      if (isEnded) {
        return;
      }
      cutOff = Optional.of(new Refused("events", "the reader is too slow: " + reason, ""));
      isEnded = true;
      drop();
    }
    letGo();
    give();
  }

  /** No more lines will come. */
  public void end() {
    synchronized (this) {
      isEnded = true;
    }
    give();
  }

  /** Why the reader was cut off; empty as long as he was not. */
  public synchronized Optional<String> cutOffBecause() {
    return cutOff.map(Refused::getMessage);
  }

  /** The reader has gone: whoever pipes these lines to him is told that it is over. */
  public void close() {
    synchronized (this) {
      isEnded = true;
      isGone = true;
      drop();
    }
    letGo();
    give();
  }

  private void drop() {
    waiting.clear();
    waitingBytes = 0;
  }

  private void letGo() {
    Runnable what;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      what = onClose;
    }
    what.run();
  }

  private void noteStall() {
    boolean isStalledNow = demand == 0 && !waiting.isEmpty();
    if (isStalledNow && !isStalled) {
      stalledSince = System.nanoTime();
    }
    isStalled = isStalledNow;
  }

  /** Gives what waits to the reader, on his context; one at a time. */
  private void give() {
    Context where;
    synchronized (this) {
      if (isGiving || handler == null) {
        return;
      }
      isGiving = true;
      where = context;
    }
    if (where == null) {
      giveAll();
    } else {
      where.runOnContext(now -> giveAll());
    }
  }

  private void giveAll() {
    Optional<Runnable> next = next();
    while (next.isPresent()) {
      next.get().run();
      next = next();
    }
  }

  /** The next to tell the reader; empty when there is nothing, or he wants nothing. */
  private synchronized Optional<Runnable> next() {
    if (handler != null && demand > 0 && !waiting.isEmpty()) {
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      Buffer piece = piece();
      Handler<Buffer> told = handler;
      noteStall();
      return Optional.of(() -> told.handle(piece));
    }
    isGiving = false;
    if (!isEnded || !waiting.isEmpty() || handler == null) {
      return Optional.empty();
    }
    handler = null;
    Handler<Void> atEnd = endHandler;
    Handler<Throwable> atFailure = exceptionHandler;
    Optional<Refused> failure =
        isGone ? Optional.of(new Refused("events", "the reader has gone", "")) : cutOff;
    return Optional.of(
        () -> {
          letGo();
          if (failure.isPresent() && atFailure != null) {
            atFailure.handle(failure.get());
          } else if (failure.isEmpty() && atEnd != null) {
            atEnd.handle(null);
          }
        });
  }

  private Buffer piece() {
    Buffer piece = joined();
    waitingBytes -= piece.length();
    return piece;
  }

  private Buffer joined() {
    Buffer piece = waiting.remove();
    if (waiting.isEmpty() || piece.length() >= PIECE_BYTES) {
      return piece;
    }
    Buffer many = Buffer.buffer(PIECE_BYTES).appendBuffer(piece);
    while (!waiting.isEmpty() && many.length() + waiting.peek().length() <= PIECE_BYTES) {
      many.appendBuffer(waiting.remove());
    }
    return many;
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> next) {
    synchronized (this) {
      handler = next;
      context = next == null ? null : Vertx.currentContext();
      demand = next == null ? 0 : Math.max(demand, 0);
    }
    give();
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> next) {
    endHandler = next;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> pause() {
    demand = 0;
    noteStall();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    synchronized (this) {
      demand = amount > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + amount;
      noteStall();
    }
    give();
    return this;
  }
}

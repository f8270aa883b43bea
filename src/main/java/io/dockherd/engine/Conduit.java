package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;

/**
 * Brings bytes from one stream to another, as fast as it takes them, whichever event loops the two
 * are on.
 *
 * <p>Vert.x' own pipe asks whether the other side is full, and then to be told when it no longer
 * is: between the two, on another event loop, there may come to be room, and it waits for ever.
 * Here the bytes under way are counted, and the source is asked for as many pieces as there is room
 * for.
 *
 * <p>An engine sends each line of a log as a piece of its own. The small ones that come in one go,
 * before the event loop turns to anything else, are written in one go too.
 */
public final class Conduit {
  /** So much may be handed over and not be written yet. */
  static final int MOST_UNDER_WAY = 256 << 10;

  private static final int FIRST_PIECES = 4;

  /** Pieces up to this size are worth a copy to be written together with others. */
  static final int SMALL = 4 << 10;

  /** As much as is written at once. */
  static final int MOST_TOGETHER = 32 << 10;

  private final ReadStream<Buffer> from;
  private final Promise<Void> come = Promise.promise();
  private long underWay;
  private long owed = FIRST_PIECES;

  /** Small pieces that came in this turn of the event loop; touched on the source's only. */
  private Optional<Together> together = Optional.empty();

  /** Pieces not written yet, and where to. */
  private record Together(WriteStream<Buffer> to, Buffer bytes) {}

  /** Holds the source back until it is known where to; notices when it breaks meanwhile. */
  public Conduit(ReadStream<Buffer> from) {
    this.from = from;
    from.pause();
    from.endHandler(
        end -> {
          writeTogether();
          come.tryComplete();
        });
    from.exceptionHandler(
        broken -> {
          writeTogether();
          come.tryFail(broken);
        });
  }

  /**
   * Lets it flow.
   *
   * @return done when all is written and the other side ended; failed when the source breaks or the
   *     other side takes no more: then it is not ended, for half of something that ends well would
   *     be taken for the whole, and what the source still brings is dropped
   */
  public Future<Void> to(WriteStream<Buffer> to) {
    from.handler(bytes -> pass(to, bytes));
    ask();
    return come.future().compose(all -> to.end()).onFailure(broken -> close());
  }

  /** Gives the source up: what it still brings is dropped. */
  public void close() {
    from.handler(null);
    from.exceptionHandler(null);
    from.resume();
  }

  private void pass(WriteStream<Buffer> to, Buffer bytes) {
    synchronized (this) {
      underWay += bytes.length();
      owed++;
    }
    Context turn = Vertx.currentContext();
    if (bytes.length() > SMALL || turn == null) {
      writeTogether();
      write(to, bytes);
    } else {
      gather(to, bytes, turn);
    }
    ask();
  }

  private void gather(WriteStream<Buffer> to, Buffer bytes, Context turn) {
    if (together.isPresent() && together.get().bytes.length() + bytes.length() > MOST_TOGETHER) {
      writeTogether();
    }
    if (together.isEmpty()) {
      together = Optional.of(new Together(to, Buffer.buffer(SMALL)));
      turn.runOnContext(over -> writeTogether());
    }
    together.get().bytes.appendBuffer(bytes);
  }

  private void writeTogether() {
    Optional<Together> all = together;
    together = Optional.empty();
    all.ifPresent(some -> write(some.to, some.bytes));
  }

  private void write(WriteStream<Buffer> to, Buffer bytes) {
    int length = bytes.length();
    to.write(bytes)
        .onFailure(come::tryFail)
        .onComplete(
            written -> {
              synchronized (this) {
                underWay -= length;
              }
              ask();
            });
  }

  private void ask() {
    long due;
    synchronized (this) {
      if (underWay > MOST_UNDER_WAY) {
        return;
      }
      due = owed;
      owed = 0;
    }
    if (due > 0) {
      from.fetch(due);
    }
  }
}

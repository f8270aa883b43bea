package io.dockherd.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * Brings bytes from one stream to another, as fast as it takes them, whichever event loops the two
 * are on.
 *
 * <p>Vert.x' own pipe asks whether the other side is full, and then to be told when it no longer
 * is: between the two, on another event loop, there may come to be room, and it waits for ever.
 * Here the bytes under way are counted, and the source is asked for as many pieces as there is room
 * for.
 */
public final class Conduit {
  /** So much may be handed over and not be written yet. */
  static final int MOST_UNDER_WAY = 256 << 10;

  private static final int FIRST_PIECES = 4;

  private final ReadStream<Buffer> from;
  private final Promise<Void> come = Promise.promise();
  private long underWay;
  private long owed = FIRST_PIECES;

  /** Holds the source back until it is known where to; notices when it breaks meanwhile. */
  public Conduit(ReadStream<Buffer> from) {
    this.from = from;
    from.pause();
    from.endHandler(end -> come.tryComplete());
    from.exceptionHandler(come::tryFail);
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
    int length = bytes.length();
    synchronized (this) {
      underWay += length;
      owed++;
    }
    to.write(bytes)
        .onFailure(come::tryFail)
        .onComplete(
            written -> {
              synchronized (this) {
                underWay -= length;
              }
              ask();
            });
    ask();
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

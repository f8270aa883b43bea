package io.dockherd.fleet.images;

import io.dockherd.engine.ForwardingStream;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.function.IntConsumer;

/** A stream whose bytes are counted on their way. */
public final class Counted extends ForwardingStream {
  private final IntConsumer counter;

  /**
   * That stream.
   *
   * @param counter is given each piece's length, on the stream's own thread
   */
  public Counted(ReadStream<Buffer> source, IntConsumer counter) {
    super(source);
    this.counter = counter;
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> handler) {
    return super.handler(
        handler == null
            ? null
            : bytes -> {
              counter.accept(bytes.length());
              handler.handle(bytes);
            });
  }
}

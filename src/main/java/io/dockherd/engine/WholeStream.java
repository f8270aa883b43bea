package io.dockherd.engine;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body that is there already, as a stream: paused, given in one piece when asked for. */
final class WholeStream implements ReadStream<Buffer> {
  private final Buffer whole;
  private Handler<Buffer> handler = buffer -> {};
  private Handler<Void> endHandler = end -> {};
  private boolean isDone;

  WholeStream(Buffer whole) {
    this.whole = whole;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> unused) {
    return this;
  }

  @Override
  public ReadStream<Buffer> handler(Handler<Buffer> next) {
    handler = next == null ? buffer -> {} : next;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    if (!isDone && amount > 0) {
      isDone = true;
      if (whole.length() > 0) {
        handler.handle(whole);
      }
      endHandler.handle(null);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(Handler<Void> next) {
    endHandler = next == null ? end -> {} : next;
    return this;
  }
}

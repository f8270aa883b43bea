package io.dockherd.engine;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body of which half comes; then it breaks. */
final class CutStream extends ForwardingStream {
  CutStream() {
    super(new WholeStream(Buffer.buffer("half")));
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    return super.endHandler(
        next == null ? null : end -> next.handle(new IllegalStateException("the caller has gone")));
  }

  @Override
  public ReadStream<Buffer> endHandler(Handler<Void> next) {
    return this;
  }
}

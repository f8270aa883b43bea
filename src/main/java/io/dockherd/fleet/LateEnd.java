package io.dockherd.fleet;

import io.dockherd.engine.ForwardingStream;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A stream whose end is told only when something else has been done after it. */
final class LateEnd extends ForwardingStream {
  private final Runnable before;

  /**
   * @param before what is done between the end and the telling of it; may wait
   */
  LateEnd(ReadStream<Buffer> source, Runnable before) {
    super(source);
    this.before = before;
  }

  @Override
  public ReadStream<Buffer> endHandler(Handler<Void> handler) {
    return super.endHandler(handler == null ? null : end -> endLater(handler));
  }

  private void endLater(Handler<Void> handler) {
    Context context = Vertx.currentContext();
    Thread.ofVirtual()
        .name("late end")
        .start(
            () -> {
              try {
                before.run();
              } finally {
                if (context == null) {
                  handler.handle(null);
                } else {
                  context.runOnContext(handler);
                }
              }
            });
  }
}

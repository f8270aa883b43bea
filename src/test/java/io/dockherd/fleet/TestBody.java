package io.dockherd.fleet;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A body a test makes, given only while it is asked for; what it holds, and when, is the test's.
 */
abstract class TestBody implements ReadStream<Buffer> {
  private Handler<Buffer> handler = part -> {};
  private Handler<Void> endHandler = end -> {};
  private Handler<Throwable> exceptionHandler = cause -> {};
  private boolean isFlowing;
  private boolean isEnded;

  /** It is asked for, or asked for again: gives what there is. Called with this body's lock. */
  abstract void flow();

  final boolean isFlowing() {
    return isFlowing && !isEnded;
  }

  final void give(Buffer part) {
    handler.handle(part);
  }

  final void end() {
    isEnded = true;
    endHandler.handle(null);
  }

  final void fail(Throwable cause) {
    isEnded = true;
    exceptionHandler.handle(cause);
  }

  @Override
  public synchronized ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    exceptionHandler = next == null ? cause -> {} : next;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> handler(Handler<Buffer> next) {
    handler = next == null ? part -> {} : next;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> pause() {
    isFlowing = false;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public synchronized ReadStream<Buffer> fetch(long amount) {
    isFlowing = true;
    flow();
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> next) {
    endHandler = next == null ? end -> {} : next;
    return this;
  }
}

package io.dockherd.doors;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** A body that comes when the test says so, on the test's thread. */
final class Trickle implements ReadStream<Buffer> {
  private Handler<Buffer> handler = chunk -> {};
  private Handler<Void> end = nothing -> {};
  private Handler<Throwable> broken = cause -> {};
  private long demand;

  synchronized boolean isPaused() {
    return demand == 0;
  }

  synchronized void give(String text) {
    demand -= demand == Long.MAX_VALUE ? 0 : 1;
    handler.handle(Buffer.buffer(text));
  }

  synchronized void end() {
    end.handle(null);
  }

  synchronized void breakOff() {
    broken.handle(new IllegalStateException("broken on purpose"));
  }

  @Override
  public synchronized ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
    broken = next == null ? cause -> {} : next;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> handler(Handler<Buffer> next) {
    handler = next == null ? chunk -> {} : next;
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
  public synchronized ReadStream<Buffer> fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> next) {
    end = next == null ? nothing -> {} : next;
    return this;
  }
}

package io.dockherd.engine;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Bytes at hand as a stream that minds back-pressure, in pieces of a size. */
final class Pieces implements ReadStream<Buffer> {
  private final Buffer bytes;
  private final int size;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private long demand = Long.MAX_VALUE;
  private int position;
  private boolean isEmitting;
  private boolean isEnded;

  Pieces(Buffer bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  private void emit() {
    if (isEmitting || handler == null) {
      return;
    }
    isEmitting = true;
    while (demand > 0 && position < bytes.length()) {
      demand -= demand == Long.MAX_VALUE ? 0 : 1;
      int end = Math.min(position + size, bytes.length());
      Buffer piece = bytes.getBuffer(position, end);
      position = end;
      handler.handle(piece);
    }
    isEmitting = false;
    if (position == bytes.length() && demand > 0 && !isEnded && endHandler != null) {
      isEnded = true;
      endHandler.handle(null);
    }
  }

  @Override
  public Pieces handler(Handler<Buffer> handler) {
    this.handler = handler;
    emit();
    return this;
  }

  @Override
  public Pieces endHandler(Handler<Void> endHandler) {
    this.endHandler = endHandler;
    emit();
    return this;
  }

  @Override
  public Pieces exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public Pieces pause() {
    demand = 0;
    return this;
  }

  @Override
  public Pieces resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Pieces fetch(long amount) {
    demand = amount == Long.MAX_VALUE ? amount : demand + amount;
    emit();
    return this;
  }
}

package io.dockherd.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A {@link DuplexStream} over the channel of a connection handed over by our own server. When the
 * client goes without having closed its half, the exception handler is told before the close.
 */
final class UpgradedStream implements DuplexStream {
  private final ChannelHandlerContext wire;
  private final Channel channel;

  // All below is touched on the event loop only.
  private final Queue<Buffer> unread = new ArrayDeque<>();
  private long demand;
  private boolean isDelivering;
  private boolean isInputOver;
  private boolean isEndTold;
  private boolean isOutputOver;
  private Optional<Throwable> failure = Optional.empty();
  private Handler<Buffer> handler = bytes -> {};
  private Handler<Void> endHandler = end -> {};
  private Handler<Throwable> exceptionHandler = cause -> {};
  private Handler<Void> drainHandler = drained -> {};

  UpgradedStream(ChannelHandlerContext wire) {
    this.wire = wire;
    this.channel = wire.channel();
    channel.config().setAutoRead(false);
  }

  /** Bytes came; they are this stream's to release. */
  void receive(ByteBuf bytes) {
    unread.add(BufferInternal.safeBuffer(bytes));
    deliver();
  }

  /** No more bytes will come. */
  void endInput() {
    isInputOver = true;
    deliver();
  }

  void fail(Throwable cause) {
    if (failure.isEmpty()) {
      failure = Optional.of(cause);
      exceptionHandler.handle(cause);
    }
    HalfClose.closeNow(channel);
  }

  /** The channel is closed. */
  void goneFromWire() {
    if (!isInputOver) {
      unread.clear();
      isInputOver = true;
      isEndTold = true;
      fail(new ClosedChannelException());
    }
  }

  void writabilityChanged() {
    if (channel.isWritable()) {
      drainHandler.handle(null);
    }
  }

  private void deliver() {
    if (isDelivering) {
      return;
    }
    isDelivering = true;
    try {
      while (demand > 0 && !unread.isEmpty()) {
        demand -= demand == Long.MAX_VALUE ? 0 : 1;
        handler.handle(unread.poll());
      }
    } finally {
      isDelivering = false;
    }
    if (demand > 0 && isInputOver && !isEndTold) {
      isEndTold = true;
      endHandler.handle(null);
      closeWhenOver();
    }
    // Never to be set again once the input is over: it would be found readable for ever.
    channel.config().setAutoRead(demand > 0 && !isInputOver);
  }

  private void closeWhenOver() {
    if (isEndTold && isOutputOver) {
      HalfClose.closeNow(channel);
    }
  }

  private void onLoop(Runnable what) {
    if (channel.eventLoop().inEventLoop()) {
      what.run();
    } else {
      channel.eventLoop().execute(what);
    }
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    return bytes.length() == 0
        ? Future.succeededFuture()
        : write(((BufferInternal) bytes).getByteBuf());
  }

  private Future<Void> write(ByteBuf bytes) {
    return told(wire.writeAndFlush(bytes));
  }

  private static Future<Void> told(ChannelFuture done) {
    Promise<Void> promise = Promise.promise();
    done.addListener(
        outcome -> {
          if (outcome.isSuccess()) {
            promise.complete();
          } else {
            promise.fail(outcome.cause());
          }
        });
    return promise.future();
  }

  @Override
  public Future<Void> end() {
    // An empty write completes when all before it is out: closing the half drops what is not.
    return write(Unpooled.EMPTY_BUFFER)
        .compose(written -> told(HalfClose.closeOutput(channel)))
        .onSuccess(
            closed -> {
              isOutputOver = true;
              closeWhenOver();
            });
  }

  @Override
  public Future<Void> close() {
    onLoop(() -> HalfClose.closeNow(channel));
    return told(channel.closeFuture());
  }

  @Override
  public DuplexStream closeHandler(Handler<Void> handler) {
    channel.closeFuture().addListener(closed -> handler.handle(null));
    return this;
  }

  @Override
  public DuplexStream handler(Handler<Buffer> handler) {
    onLoop(() -> this.handler = handler == null ? bytes -> {} : handler);
    return this;
  }

  @Override
  public DuplexStream endHandler(Handler<Void> handler) {
    onLoop(() -> this.endHandler = handler == null ? end -> {} : handler);
    return this;
  }

  @Override
  public DuplexStream exceptionHandler(Handler<Throwable> handler) {
    onLoop(
        () -> {
          exceptionHandler = handler == null ? cause -> {} : handler;
          failure.ifPresent(exceptionHandler::handle);
        });
    return this;
  }

  @Override
  public DuplexStream drainHandler(Handler<Void> handler) {
    onLoop(() -> this.drainHandler = handler == null ? drained -> {} : handler);
    return this;
  }

  @Override
  public DuplexStream pause() {
    onLoop(
        () -> {
          demand = 0;
          channel.config().setAutoRead(false);
        });
    return this;
  }

  @Override
  public DuplexStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public DuplexStream fetch(long amount) {
    onLoop(
        () -> {
          demand = demand > Long.MAX_VALUE - amount ? Long.MAX_VALUE : demand + amount;
          deliver();
        });
    return this;
  }

  @Override
  public DuplexStream setWriteQueueMaxSize(int maxSize) {
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(Math.max(1, maxSize / 2), maxSize));
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return !channel.isWritable();
  }
}

package io.dockherd.engine;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * A {@link DuplexStream} over Vert.x' socket. Below it the channel is told to keep one half when
 * the other is closed; Vert.x has no word for that, so the end of the input comes as an empty
 * buffer ({@link InputEnd}) and our own half is closed at the channel.
 */
final class HalfClosingSocket implements DuplexStream {
  /** The name Vert.x gives its own handler; {@code HijackTest} notices when it changes. */
  private static final String VERTX_HANDLER = "handler";

  private final NetSocket socket;
  private final Channel channel;
  private Handler<Buffer> handler = bytes -> {};
  private Handler<Void> endHandler = end -> {};
  private boolean isInputEnded;
  private boolean isOutputEnded;

  HalfClosingSocket(NetSocket socket) {
    this.socket = socket.pause();
    this.channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    HalfClose.allow(channel);
    channel.pipeline().addBefore(VERTX_HANDLER, "input-end", new InputEnd());
    socket.handler(this::read);
    socket.endHandler(end -> endInput());
  }

  @Override
  public Future<Void> end() {
    // An empty write completes when all before it is out: closing the half drops what is not.
    return socket.write(Buffer.buffer(0)).compose(written -> closeOutput());
  }

  private Future<Void> closeOutput() {
    Promise<Void> closed = Promise.promise();
    channel.eventLoop().execute(() -> closeOutputNow(closed));
    return closed.future();
  }

  private void closeOutputNow(Promise<Void> closed) {
    HalfClose.closeOutput(channel)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                endOutput();
                closed.complete();
              } else {
                closed.fail(done.cause());
              }
            });
  }

  private void read(Buffer bytes) {
    if (bytes.length() > 0) {
      handlerNow().handle(bytes);
    } else {
      endInput();
    }
  }

  private void endInput() {
    Handler<Void> told;
    boolean isOver;
    synchronized (this) {
      if (isInputEnded) {
        return;
      }
      isInputEnded = true;
      isOver = isOutputEnded;
      told = endHandler;
    }
    told.handle(null);
    if (isOver) {
      close();
    }
  }

  private void endOutput() {
    boolean isOver;
    synchronized (this) {
      isOutputEnded = true;
      isOver = isInputEnded;
    }
    if (isOver) {
      close();
    }
  }

  private synchronized Handler<Buffer> handlerNow() {
    return handler;
  }

  @Override
  public synchronized DuplexStream handler(Handler<Buffer> handler) {
    this.handler = handler == null ? bytes -> {} : handler;
    return this;
  }

  @Override
  public synchronized DuplexStream endHandler(Handler<Void> handler) {
    this.endHandler = handler == null ? end -> {} : handler;
    return this;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    // No bytes would be taken for nothing by the channel, and cost a turn.
    return bytes.length() == 0 ? Future.succeededFuture() : socket.write(bytes);
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    channel.closeFuture().addListener(done -> closed.complete());
    channel.eventLoop().execute(() -> HalfClose.closeNow(channel));
    return closed.future();
  }

  @Override
  public DuplexStream closeHandler(Handler<Void> handler) {
    // Not the socket's own handler: it forgets to tell one that comes late.
    channel.closeFuture().addListener(closed -> handler.handle(null));
    return this;
  }

  @Override
  public DuplexStream exceptionHandler(Handler<Throwable> handler) {
    socket.exceptionHandler(handler);
    return this;
  }

  @Override
  public DuplexStream pause() {
    socket.pause();
    return this;
  }

  @Override
  public DuplexStream resume() {
    socket.resume();
    return this;
  }

  @Override
  public DuplexStream fetch(long amount) {
    socket.fetch(amount);
    return this;
  }

  @Override
  public DuplexStream setWriteQueueMaxSize(int maxSize) {
    socket.setWriteQueueMaxSize(maxSize);
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return socket.writeQueueFull();
  }

  @Override
  public DuplexStream drainHandler(Handler<Void> handler) {
    socket.drainHandler(handler);
    return this;
  }
}

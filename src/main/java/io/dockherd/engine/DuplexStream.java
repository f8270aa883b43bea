package io.dockherd.engine;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * Bytes both ways, where each side may close its half first: what a hijacked connection is. {@link
 * #end} closes our half, after everything written; the {@link #endHandler} fires when the other
 * side closed its half, after everything received. When both have, the connection is closed.
 *
 * <p>A plain {@link NetSocket} can't do that: its {@code end()} closes both halves, and what the
 * other side still had to say is lost.
 */
public interface DuplexStream extends ReadStream<Buffer>, WriteStream<Buffer> {
  /**
   * Makes a two-way stream of a socket, paused. To be called when the socket has just come about,
   * on its event loop, before anything else listens to it: a half closed earlier would close the
   * whole. The socket itself is not to be used afterwards.
   *
   * <p>Over TCP either side may be first. On a unix socket the other side's close is always that of
   * both halves, for the NIO transport does not tell them apart; engines close only both.
   */
  static DuplexStream over(NetSocket socket) {
    return new HalfClosingSocket(socket);
  }

  /** Closes our half once everything written is out. Reading goes on. */
  @Override
  Future<Void> end();

  /** Closes both halves at once; what is under way is lost. */
  Future<Void> close();

  /** Called once the connection is gone, whoever closed it. */
  DuplexStream closeHandler(Handler<Void> handler);

  @Override
  DuplexStream handler(Handler<Buffer> handler);

  @Override
  DuplexStream endHandler(Handler<Void> handler);

  @Override
  DuplexStream exceptionHandler(Handler<Throwable> handler);

  @Override
  DuplexStream pause();

  @Override
  DuplexStream resume();

  @Override
  DuplexStream fetch(long amount);

  @Override
  DuplexStream setWriteQueueMaxSize(int maxSize);

  @Override
  DuplexStream drainHandler(Handler<Void> handler);
}

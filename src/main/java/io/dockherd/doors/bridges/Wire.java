package io.dockherd.doors.bridges;

import io.netty.channel.Channel;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What is under a connection of Vert.x's (5.1): a {@code NetSocket} or an {@code HttpConnection}.
 * That it is a {@link ConnectionBase} is Vert.x's own matter; the bridges' tests notice when that
 * changes.
 */
final class Wire {
  private Wire() {}

  /**
   * Cuts it whatever still waits in it. Closing a connection waits until all is written, and so for
   * ever when the other side does not read.
   */
  static void cut(Object connection) {
    Channel channel = channel(connection);
    channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
  }

  /** Tells when it is closed; an HTTP connection itself says nothing once it is a WebSocket. */
  static void whenClosed(Object connection, Runnable then) {
    channel(connection).closeFuture().addListener(closed -> then.run());
  }

  private static Channel channel(Object connection) {
    return ((ConnectionBase) connection).channelHandlerContext().channel();
  }
}

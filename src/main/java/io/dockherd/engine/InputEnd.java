package io.dockherd.engine;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/**
 * Tells that the other side closed its half, in line with what it sent before: as a read of no
 * bytes, which a channel never makes by itself. An event of its own would overtake what a paused
 * socket still holds back.
 */
final class InputEnd extends ChannelInboundHandlerAdapter {
  private boolean isTold;

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean isShut = event instanceof ChannelInputShutdownEvent;
    boolean isFarewell = event instanceof SslCloseCompletionEvent close && close.isSuccess();
    if (isShut && !isTold && HalfClose.isSecured(context.channel())) {
      // TLS says by itself that a half is closed. Who shuts the socket below without that word was
      // cut off.
      HalfClose.closeNow(context.channel());
    } else if ((isShut || isFarewell) && !isTold) {
      isTold = true;
      context.fireChannelRead(Unpooled.EMPTY_BUFFER);
      context.fireChannelReadComplete();
    }
    context.fireUserEventTriggered(event);
  }
}

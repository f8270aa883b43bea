package io.dockherd.engine;

import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioDomainSocketChannel;

/**
 * Lets a unix socket keep one half when the other is closed. Netty's NIO channel closes the whole
 * at the end of the input, whatever its config says (4.2: it asks only TCP's config); but it learns
 * of that end from whoever counts the bytes read, which is here: an end is told as the event it is,
 * and to the channel as nothing read.
 */
@SuppressWarnings("deprecation") // The interface of the handle is, without another in its place.
final class UnixInputEnd implements RecvByteBufAllocator {
  private final Channel channel;
  private final RecvByteBufAllocator counting;
  private boolean isTold;

  private UnixInputEnd(Channel channel) {
    this.channel = channel;
    this.counting = channel.config().getRecvByteBufAllocator();
  }

  /** To be called before the channel's first read. */
  static void install(Channel channel) {
    if (channel instanceof NioDomainSocketChannel) {
      channel.config().setRecvByteBufAllocator(new UnixInputEnd(channel));
    }
  }

  @Override
  public Handle newHandle() {
    return new DelegatingHandle(counting.newHandle()) {
      @Override
      public void lastBytesRead(int bytes) {
        if (bytes >= 0) {
          super.lastBytesRead(bytes);
        } else {
          super.lastBytesRead(0);
          endInput();
        }
      }
    };
  }

  private void endInput() {
    // An end stays readable for ever: the selector would do nothing else any more.
    channel.config().setAutoRead(false);
    if (!isTold) {
      isTold = true;
      channel
          .eventLoop()
          .execute(
              () -> channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
    }
  }
}

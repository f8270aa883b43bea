package io.dockherd.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.handler.ssl.SslHandler;

/** The two halves of a connection, at the channel: Vert.x knows only the whole. */
final class HalfClose {
  private HalfClose() {}

  /** Keeps one half when the other is closed. */
  static void allow(Channel channel) {
    if (channel.config() instanceof DuplexChannelConfig config) {
      config.setAllowHalfClosure(true);
    }
  }

  /** Closes our half; to be called when all that was written is out, for what is not is dropped. */
  static ChannelFuture closeOutput(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    return tls != null ? tls.closeOutbound() : ((DuplexChannel) channel).shutdownOutput();
  }

  /** Whether what comes is encrypted: then TLS itself says when the other half is closed. */
  static boolean isSecured(Channel channel) {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  /**
   * Closes the socket itself, past TLS, which would first wait seconds for its farewell to get
   * through to somebody who may be gone.
   */
  static void closeNow(Channel channel) {
    var first = channel.pipeline().firstContext();
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }
}

package io.dockherd.engine;

import io.dockherd.engine.EngineResponse.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import jdk.net.ExtendedSocketOptions;

/**
 * A connection of our own HTTP server that can be handed over as a raw two-way stream, whatever the
 * method: Vert.x does that for GET and CONNECT only, Docker's clients ask with POST, and old ones
 * without the header that asks.
 *
 * <p>Stands between HTTP and Vert.x' own handler. When a request that may become a stream is whole,
 * no byte after it is taken for HTTP any more: such bytes are kept (a few, the rest waits outside)
 * and are the stream's first ones. Then it is either answered over HTTP, and the connection closed,
 * or {@link #upgrade}d. Nothing is marked in the request itself, so nothing can be forged there.
 *
 * <p>All of it runs on the connection's event loop.
 */
public final class UpgradableConnection extends ChannelDuplexHandler {
  /** Which requests may become a stream. Asked on the event loop: must not wait. */
  @FunctionalInterface
  public interface Rule {
    /**
     * Whether that one may.
     *
     * @param method upper case
     * @param path without the query, as it was sent
     * @param isUpgrade whether it has an Upgrade header
     */
    boolean mayUpgrade(String method, String path, boolean isUpgrade);
  }

  private enum Phase {
    /** Requests and answers. */
    HTTP,
    /** The head of a request that may become a stream has passed; its body is coming. */
    ASKED,
    /** That request is whole; what comes now is kept. */
    HELD,
    /** A stream. */
    HANDED_OVER
  }

  private static final String NAME = "upgradable";
  private static final int KEPT_BYTES = 64 << 10;

  /** Names Vert.x gives its handlers; {@code UpgradableConnectionTest} notices when they change. */
  private static final String VERTX_HANDLER = "handler";

  private static final String DECODER = "httpDecoder";
  private static final List<String> HTTP_HANDLERS =
      List.of("httpEncoder", "webSocketExtensionHandler", "chunkedWriter");

  /** A client whose cable was pulled is noticed after a minute: 30 s + 3 × 10 s. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int PROBE_SECONDS = 10;

  private final Rule rule;
  private final Queue<ByteBuf> kept = new ArrayDeque<>();
  private int keptBytes;
  private Phase phase = Phase.HTTP;
  private boolean isInputEnded;
  private ChannelHandlerContext wire;
  private UpgradedStream stream;

  private UpgradableConnection(Rule rule) {
    this.rule = rule;
  }

  /** Makes a server's new connection one; to be called by its connection handler. */
  public static void prepare(HttpConnection connection, Rule rule) {
    Channel channel = ((ConnectionBase) connection).channel();
    UnixInputEnd.install(channel);
    channel.pipeline().addBefore(VERTX_HANDLER, NAME, new UpgradableConnection(rule));
  }

  /**
   * The connection of a request that can be handed over now: its rule allows it, its body has been
   * read, and its client is still there. On the event loop.
   */
  public static Optional<UpgradableConnection> of(HttpServerRequest request) {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    return channel.pipeline().get(NAME) instanceof UpgradableConnection connection
            && connection.phase == Phase.HELD
            && channel.isActive()
        ? Optional.of(connection)
        : Optional.empty();
  }

  /**
   * Answers with that head, and from there on with bare bytes.
   *
   * @param status 101, or 200 for clients that did not ask for an upgrade
   * @return the stream, paused; its end is that of the client's half
   */
  public DuplexStream upgrade(int status, List<Header> headers) {
    if (phase != Phase.HELD) {
      throw new IllegalStateException("no request waits to become a stream: " + phase);
    }
    phase = Phase.HANDED_OVER;
    stream = new UpgradedStream(wire);
    ChannelPipeline pipeline = wire.pipeline();
    HTTP_HANDLERS.stream().filter(name -> pipeline.get(name) != null).forEach(pipeline::remove);
    probe(wire.channel());
    wire.writeAndFlush(Unpooled.copiedBuffer(head(status, headers), StandardCharsets.ISO_8859_1));
    for (ByteBuf bytes = kept.poll(); bytes != null; bytes = kept.poll()) {
      stream.receive(bytes);
    }
    if (isInputEnded) {
      stream.endInput();
    }
    return stream;
  }

  private static String head(int status, List<Header> headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status);
    head.append(status == 101 ? " UPGRADED\r\n" : " OK\r\n");
    for (Header header : headers) {
      head.append(line(header.name())).append(": ").append(line(header.value())).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** What ends a line can't be part of one. */
  private static String line(String text) {
    return text.replaceAll("[\\r\\n\\x00]", " ");
  }

  private static void probe(Channel channel) {
    if (channel instanceof NioSocketChannel socket) {
      socket.config().setKeepAlive(true);
      socket
          .config()
          .setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEP_ALIVE_SECONDS);
      socket
          .config()
          .setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_SECONDS);
      socket.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    wire = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (phase) {
      case HTTP -> {
        if (message instanceof HttpRequest request && !isSpoken(request.protocolVersion())) {
          // Vert.x would answer with 501 and no word; so it is told like all that is malformed.
          request.setDecoderResult(
              DecoderResult.failure(
                  new IllegalArgumentException("not spoken: " + request.protocolVersion())));
          // The answer is in ours.
          request.setProtocolVersion(HttpVersion.HTTP_1_1);
        } else if (message instanceof HttpRequest request && mayUpgrade(request)) {
          phase = Phase.ASKED;
          HalfClose.allow(context.channel());
        }
        context.fireChannelRead(message);
      }
      case ASKED -> {
        boolean isWhole = message instanceof LastHttpContent;
        if (isWhole) {
          phase = Phase.HELD;
        }
        context.fireChannelRead(message);
        if (isWhole && context.channel().isActive()) {
          // Hands back, through here, what it has read already.
          context.pipeline().remove(DECODER);
        }
      }
      case HELD -> keep(context, message);
      case HANDED_OVER -> {
        if (message instanceof ByteBuf bytes) {
          stream.receive(bytes);
        } else {
          ReferenceCountUtil.release(message);
        }
      }
    }
  }

  private static boolean isSpoken(HttpVersion version) {
    return version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0);
  }

  private boolean mayUpgrade(HttpRequest request) {
    String target = request.uri();
    int query = target.indexOf('?');
    return request.decoderResult().isSuccess()
        && rule.mayUpgrade(
            request.method().name(),
            query < 0 ? target : target.substring(0, query),
            request.headers().contains("Upgrade"));
  }

  private void keep(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      return;
    }
    kept.add(bytes);
    keptBytes += bytes.readableBytes();
    if (keptBytes > KEPT_BYTES) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (phase == Phase.HANDED_OVER && message != Unpooled.EMPTY_BUFFER) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    ChannelPromise written = promise;
    if (phase == Phase.HELD && message instanceof HttpResponse response && !isInterim(message)) {
      response.headers().set("Connection", "close");
    }
    if (message instanceof LastHttpContent && !isInterim(message)) {
      if (phase == Phase.ASKED) {
        // Answered before it was whole: just another request.
        phase = Phase.HTTP;
      } else if (phase == Phase.HELD) {
        // Nobody could tell where in what was kept the next request begins.
        written = promise.unvoid();
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }
    context.write(message, written);
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (phase == Phase.HANDED_OVER) {
      HalfClose.closeNow(context.channel());
      context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    } else {
      context.close(promise);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean isFarewell = event instanceof SslCloseCompletionEvent tls && tls.isSuccess();
    boolean isShut = event instanceof ChannelInputShutdownEvent;
    if (isShut && !isInputEnded && HalfClose.isSecured(context.channel())) {
      // Who closes his half says so in TLS first: this one was cut off.
      HalfClose.closeNow(context.channel());
    } else if (isFarewell || isShut) {
      endInput(context);
    }
    context.fireUserEventTriggered(event);
  }

  private void endInput(ChannelHandlerContext context) {
    isInputEnded = true;
    switch (phase) {
      // In the middle of a request or between two: nothing more can come of it.
      case HTTP, ASKED -> context.close();
      case HELD -> {}
      case HANDED_OVER -> stream.endInput();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (stream != null) {
      stream.writabilityChanged();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (phase == Phase.HANDED_OVER) {
      stream.fail(cause);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    kept.forEach(ReferenceCountUtil::release);
    kept.clear();
    if (stream != null) {
      stream.goneFromWire();
    }
    context.fireChannelInactive();
  }
}

package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes connections to an engine. */
final class Dialer {
  /** An engine's heads are small, but a copy's answer carries a file's description in one. */
  private static final int HEAD_LIMIT = 64 << 10;

  /** As much as a socket's buffer holds: a large body arrives in few pieces. */
  private static final int CHUNK = 64 << 10;

  /**
   * For TLS on an open connection. Whoever took the connection lives, and may be busy on all cores;
   * how long that may take is for each request's own limit to say.
   */
  private static final Duration HANDSHAKE = Duration.ofSeconds(20);

  private final EngineTransport transport;
  private final Optional<ClientSSLOptions> tls;
  private final HttpClientAgent client;
  private final NetClient sockets;
  private final Runnable onLost;
  private final AtomicInteger lines = new AtomicInteger();

  /**
   * {@code onLost} is told when the engine may have been away since: it closed a connection, or
   * there is none left that would show it.
   */
  Dialer(Vertx vertx, EngineTransport transport, EngineSettings settings, Runnable onLost) {
    this.transport = transport;
    this.onLost = onLost;
    int limit = Math.toIntExact(settings.connectLimit().toMillis());
    this.tls =
        transport
            .tls()
            .map(
                options ->
                    options
                        .copy()
                        .setSslHandshakeTimeout(HANDSHAKE.toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS));
    this.client = client(vertx, limit);
    this.sockets = vertx.createNetClient(new NetClientOptions().setConnectTimeout(limit));
  }

  private HttpClientAgent client(Vertx vertx, int limit) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
            .setConnectTimeout(limit)
            .setMaxHeaderSize(HEAD_LIMIT)
            .setMaxInitialLineLength(HEAD_LIMIT)
            .setMaxChunkSize(CHUNK)
            .setSsl(tls.isPresent());
    HttpClientBuilder builder = vertx.httpClientBuilder().with(options);
    tls.ifPresent(builder::with);
    return builder.build();
  }

  /** A connection for requests. To be called on the context it is to be used on. */
  Future<Line> line(Context context) {
    HttpConnectOptions options =
        new HttpConnectOptions()
            .setServer(transport.server())
            .setHost(transport.host())
            .setPort(transport.port());
    return client
        .connect(options)
        .map(
            connection -> {
              lines.incrementAndGet();
              return new Line(context, connection, this::closed);
            });
  }

  private void closed(boolean byUs) {
    if (lines.decrementAndGet() == 0 || !byUs) {
      onLost.run();
    }
  }

  /** A bare connection. */
  Future<NetSocket> socket() {
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(transport.server())
            .setHost(transport.host())
            .setPort(transport.port());
    tls.ifPresent(secured -> options.setSsl(true).setSslOptions(secured));
    return sockets.connect(options);
  }

  /** Closes all connections made here. */
  void close() {
    client.close();
    sockets.close();
  }
}

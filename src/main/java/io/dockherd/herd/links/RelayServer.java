package io.dockherd.herd.links;

import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The listening half of the relay. */
final class RelayServer {
  private static final Log LOG = Log.of(RelayServer.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final RelaySecurity security;
  private final RelaySettings settings;
  private final RelayConnections connections = new RelayConnections();
  private final Map<String, RelayHandler> handlers = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile Handler<HttpConnection> onConnection = connection -> {};
  private volatile long sweeper = -1;

  RelayServer(Vertx vertx, RelaySecurity security, RelaySettings settings) {
    this.vertx = vertx;
    this.security = security;
    this.settings = settings;
    this.server =
        vertx
            .createHttpServer(security.secure(options()))
            .connectionHandler(this::opened)
            .requestHandler(this::dispatch);
  }

  void serve(String prefix, RelayHandler handler) {
    if (!prefix.startsWith("/") || handlers.putIfAbsent(prefix, handler) != null) {
      throw new IllegalArgumentException("not a path, or served already: " + prefix);
    }
  }

  void onConnection(Handler<HttpConnection> handler) {
    onConnection = handler;
  }

  void start() {
    String place = settings.bind() + ":" + settings.port();
    Waiting.on(
        server.listen(settings.port(), settings.bind()),
        START_LIMIT,
        cause ->
            new Unreachable(
                place,
                "the relay can't listen on " + place + ": " + cause.getMessage(),
                "is the address this host's, and the port free?",
                cause),
        place);
    sweeper = vertx.setPeriodic(settings.idle().toMillis(), tick -> connections.sweep());
  }

  int port() {
    return server.actualPort();
  }

  RelayConnections connections() {
    return connections;
  }

  void close() {
    vertx.cancelTimer(sweeper);
    Waiting.on(
        server.close(),
        START_LIMIT,
        cause -> new Unreachable("relay", "the relay did not close: " + cause, "", cause),
        "relay");
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(settings.maxHeadBytes())
            .setMaxInitialLineLength(settings.maxHeadBytes())
            .setHttp2ClearTextEnabled(false)
            // Nobody speaks WebSocket here; their handlers would look at every piece that comes by.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setTcpKeepAlive(true);
    options.setUseAlpn(false);
    options.setSslHandshakeTimeout(settings.handshake().toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  private void opened(HttpConnection connection) {
    connections.opened(connection);
    onConnection.handle(connection);
  }

  private void dispatch(HttpServerRequest request) {
    Optional<Peer> peer = security.sender(request);
    Optional<RelayHandler> handler = handlerFor(request.path());
    if (peer.isEmpty()) {
      end(request, 401);
      return;
    }
    connections.used(request, peer.get());
    if (handler.isEmpty()) {
      end(request, 404);
      return;
    }
    try {
      handler.get().handle(peer.get(), request);
    } catch (RuntimeException e) {
      LOG.error("relay handler failed", e, "path", request.path(), "from", peer.get().node());
      end(request, 500);
    }
  }

  /** The one with the longest prefix that ends where a part of the path does. */
  private Optional<RelayHandler> handlerFor(String path) {
    return handlers.entrySet().stream()
        .filter(entry -> isUnder(entry.getKey(), path))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue);
  }

  private static boolean isUnder(String prefix, String path) {
    return path != null
        && path.startsWith(prefix)
        && (path.length() == prefix.length()
            || prefix.endsWith("/")
            || path.charAt(prefix.length()) == '/');
  }

  private static void end(HttpServerRequest request, int status) {
    if (request.response().headWritten()) {
      request.connection().close();
      return;
    }
    // A body that nobody reads would be in the next request's way.
    request.response().setStatusCode(status).putHeader("connection", "close").end();
  }
}

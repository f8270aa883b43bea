package io.dockherd.doors.bridges;

import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The bus for browsers: SockJS clients at {@code /eventbus}, and plain WebSockets at {@code
 * /eventbus/websocket}, with the messages of Vert.x's SockJS event-bus bridge.
 *
 * <pre>
 * → {"type":"send","address":"dockherd","replyAddress":"r1","body":{"action":"list-containers"}}
 * ← {"type":"rec","address":"r1","body":{…}}
 * → {"type":"register","address":"dockherd.events"}
 * ← {"type":"rec","address":"dockherd.events","body":{…}}
 * ← {"type":"err","body":"access_denied",…}
 * </pre>
 *
 * <p>Of SockJS's transports there is the WebSocket only: the others are for browsers that have
 * none. Pages must be named in {@link BridgeSettings#origins}.
 */
public final class SockJsBridge implements AutoCloseable {
  private static final Log LOG = Log.of(SockJsBridge.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(25);

  /** Longer than two heartbeats: whoever has a WebSocket is not idle. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  private static final String ROOT = "/eventbus";
  private static final String RAW = ROOT + "/websocket";
  private static final Pattern SOCK_JS = Pattern.compile(ROOT + "/[^/.]+/[^/.]+/websocket");

  private final Vertx vertx;
  private final Bridge bridge;
  private final PageOrigins origins;
  private final Opened<HttpServer> opened = new Opened<>("SockJS bridge");
  private final AtomicInteger connections = new AtomicInteger();

  /** A bridge that is not open yet. */
  public SockJsBridge(Vertx vertx, BridgeSettings settings, Gate gate) {
    this.vertx = vertx;
    this.bridge = Bridge.of(vertx.eventBus(), gate, settings);
    this.origins = new PageOrigins(settings.origins());
  }

  /**
   * Opens it and waits until it stands.
   *
   * @param options how: plain on loopback, TLS with required client certificates beyond
   * @return the port
   * @throws io.dockherd.failure.Conflict when the address can't be listened on
   */
  public int open(String host, int port, HttpServerOptions options) {
    int bytes = bridge.settings().messageBytes();
    HttpServerOptions bounded =
        new HttpServerOptions(options)
            .setMaxWebSocketMessageSize(bytes)
            .setMaxWebSocketFrameSize(bytes)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setUseAlpn(false)
            .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
            .setHttp2ClearTextEnabled(false);
    bounded.setIdleTimeoutUnit(TimeUnit.SECONDS).setIdleTimeout((int) IDLE.toSeconds());
    HttpServer server =
        vertx
            .createHttpServer(bounded)
            .connectionHandler(this::count)
            .requestHandler(this::receive)
            .exceptionHandler(e -> LOG.debug("bridge connection broke", "why", e));
    opened.add(server, server.listen(port, host), server::close, host, port);
    return server.actualPort();
  }

  private void receive(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (!origins.isLetIn(origin)) {
      LOG.debug("a page is not let in", "origin", origin, "client", request.remoteAddress());
      request.response().setStatusCode(403).end("pages of " + origin + " are not let in\n");
      return;
    }
    String path = request.path();
    boolean isSockJs = path != null && SOCK_JS.matcher(path).matches();
    if (RAW.equals(path) || isSockJs) {
      upgrade(request, isSockJs);
    } else {
      SockJsPages.answer(request, origin, ROOT);
    }
  }

  private void count(HttpConnection connection) {
    if (connections.incrementAndGet() > bridge.settings().connections()) {
      Wire.cut(connection);
    }
    Wire.whenClosed(connection, connections::decrementAndGet);
  }

  private void upgrade(HttpServerRequest request, boolean isSockJs) {
    Identity who;
    try {
      who =
          request.isSSL()
              ? Callers.named(request.connection().sslSession(), request.remoteAddress())
              : Callers.inClear(request.remoteAddress());
    } catch (Refused e) {
      request.response().setStatusCode(403).end(e.getMessage() + "\n");
      return;
    }
    request
        .toWebSocket()
        .onComplete(
            socket -> serve(socket, request.connection(), isSockJs, who),
            failure -> {
              LOG.debug("not a WebSocket", "client", who.origin(), "why", failure);
              if (!request.response().ended()) {
                request.response().setStatusCode(400).end("a WebSocket is wanted here\n");
              }
            });
  }

  private void serve(
      ServerWebSocket socket, HttpConnection connection, boolean isSockJs, Identity who) {
    Context context = vertx.getOrCreateContext();
    SocketLine line = new SocketLine(socket, connection, isSockJs);
    Session session = new Session(bridge, line, context, who);
    socket.setWriteQueueMaxSize(bridge.settings().unsentBytes());
    long heartbeat = new Pulse(line, who).beat(vertx, HEARTBEAT);
    socket.textMessageHandler(text -> take(session, line, text));
    socket.exceptionHandler(e -> LOG.debug("bridge connection broke", "why", e));
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(heartbeat);
          session.end();
        });
    if (isSockJs) {
      socket.writeTextMessage("o");
    }
  }

  /** A SockJS client sends one message as a JSON text, or several as an array of such. */
  private static void take(Session session, SocketLine line, String text) {
    if (!line.isSockJs()) {
      session.take(Buffer.buffer(text));
      return;
    }
    try {
      switch (Json.decodeValue(text)) {
        case String one -> session.take(Buffer.buffer(one));
        case JsonArray all -> all.forEach(one -> session.take(Buffer.buffer((String) one)));
        case null, default -> line.close();
      }
    } catch (DecodeException | ClassCastException e) {
      LOG.debug("not a message of SockJS", "why", e);
      line.close();
    }
  }

  /** How many clients there are. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    opened.close();
  }
}

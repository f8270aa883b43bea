package io.dockherd.doors.bridges;

import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bus over TCP, in the frames of Vert.x's TCP event-bus bridge: four bytes of length, then a
 * JSON object.
 *
 * <pre>
 * → {"type":"send","address":"dockherd","replyAddress":"r1","body":{"action":"list-containers"}}
 * ← {"type":"message","address":"r1","body":{…},"send":true}
 * → {"type":"register","address":"dockherd.events"}
 * ← {"type":"message","address":"dockherd.events","body":{…},"send":false}
 * → {"type":"ping"}
 * ← {"type":"pong"}
 * ← {"type":"err","message":"access_denied",…}
 * </pre>
 */
public final class TcpBridge implements AutoCloseable {
  private static final Log LOG = Log.of(TcpBridge.class);

  private final Vertx vertx;
  private final Bridge bridge;
  private final Opened<NetServer> opened = new Opened<>("TCP bridge");
  private final AtomicInteger connections = new AtomicInteger();

  /** A bridge that is not open yet. */
  public TcpBridge(Vertx vertx, BridgeSettings settings, Gate gate) {
    this.vertx = vertx;
    this.bridge = Bridge.of(vertx.eventBus(), gate, settings);
  }

  /**
   * Opens it and waits until it stands.
   *
   * @param options how: plain on loopback, TLS with required client certificates beyond
   * @return the port
   * @throws io.dockherd.failure.Conflict when the address can't be listened on
   */
  public int open(String host, int port, NetServerOptions options) {
    NetServer server =
        vertx
            .createNetServer(new NetServerOptions(options).setTcpKeepAlive(true))
            .connectHandler(this::accept)
            .exceptionHandler(e -> LOG.debug("bridge connection broke", "why", e));
    opened.add(server, server.listen(port, host), server::close, host, port);
    return server.actualPort();
  }

  private void accept(NetSocket socket) {
    int count = connections.incrementAndGet();
    Wire.whenClosed(socket, connections::decrementAndGet);
    if (count > bridge.settings().connections()) {
      Wire.cut(socket);
      return;
    }
    try {
      serve(
          socket,
          socket.isSsl()
              ? Callers.named(socket.sslSession(), socket.remoteAddress())
              : Callers.inClear(socket.remoteAddress()));
    } catch (Refused e) {
      LOG.warn("a bridge's client is refused", "client", e.subject(), "why", e.getMessage());
      Wire.cut(socket);
    }
  }

  private void serve(NetSocket socket, Identity who) {
    Context context = vertx.getOrCreateContext();
    TcpLine line = new TcpLine(socket);
    Session session = new Session(bridge, line, context, who);
    socket.setWriteQueueMaxSize(bridge.settings().unsentBytes());
    socket.handler(
        new Frames(
            bridge.settings().messageBytes(),
            session::take,
            length -> refuseLong(line, session, length)));
    socket.exceptionHandler(e -> LOG.debug("bridge connection broke", "why", e));
    socket.closeHandler(closed -> session.end());
  }

  private void refuseLong(TcpLine line, Session session, int length) {
    JsonObject refusal =
        Answers.refused(
            "",
            "message_too_long",
            length + " bytes, and at most " + bridge.settings().messageBytes() + " are taken");
    line.send(refusal);
    session.end();
    line.close();
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

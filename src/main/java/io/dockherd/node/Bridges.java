package io.dockherd.node;

import io.dockherd.access.Gate;
import io.dockherd.doors.bridges.BridgeSettings;
import io.dockherd.doors.bridges.SockJsBridge;
import io.dockherd.doors.bridges.TcpBridge;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.DoorTls;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.HerdSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The bus's bridges, each only where its port is set: where the doors listen, and as they do. */
final class Bridges implements AutoCloseable {
  private final Settings settings;
  private final Optional<DoorTls> tls;
  private final TcpBridge tcp;
  private final SockJsBridge sockJs;

  /**
   * Bridges not open yet; {@code key} is needed where there is an address to listen on with TLS.
   */
  Bridges(Vertx vertx, Settings settings, Gate gate, Optional<HerdKey> key, InstantSource clock) {
    this.settings = settings;
    tls = key.map(secret -> Trust.doors(secret, settings, clock));
    BridgeSettings limits =
        BridgeSettings.of(settings.get(HerdSettings.HERD))
            .withOrigins(Set.copyOf(settings.get(DoorSettings.SOCK_JS_ORIGINS)));
    tcp = new TcpBridge(vertx, limits, gate);
    sockJs = new SockJsBridge(vertx, limits, gate);
  }

  void open() {
    int tcpPort = settings.get(DoorSettings.TCP_BRIDGE_PORT);
    if (tcpPort > 0) {
      openEach(NetServerOptions::new, (host, options) -> tcp.open(host, tcpPort, options));
    }
    int sockJsPort = settings.get(DoorSettings.SOCK_JS_BRIDGE_PORT);
    if (sockJsPort > 0) {
      openEach(HttpServerOptions::new, (host, options) -> sockJs.open(host, sockJsPort, options));
    }
  }

  private <T extends NetServerOptions> void openEach(
      Supplier<T> plain, BiConsumer<String, T> open) {
    open.accept("127.0.0.1", plain.get());
    for (String host : settings.get(DoorSettings.LISTEN)) {
      open.accept(host, tls.orElseThrow().secure(plain.get()));
    }
    for (String host : settings.get(DoorSettings.LISTEN_INSECURE)) {
      open.accept(host, plain.get());
    }
  }

  @Override
  public void close() {
    tcp.close();
    sockJs.close();
  }
}

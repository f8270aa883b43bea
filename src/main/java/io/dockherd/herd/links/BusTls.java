package io.dockherd.herd.links;

import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The bus's part of {@link LinkTls}, in two steps.
 *
 * <p>Vert.x (5.1) passes the bus's options through JSON before it makes its server and its client
 * of them, so key and trust managers of ours would be lost on the way: silently. Therefore {@link
 * #secure} gives it what JSON can hold, the leaf of this moment and the members' authorities, which
 * keeps strangers out from the first byte on; and {@link #complete} puts our own managers in, which
 * renew the leaf, check the herd's name, and check the host dialled.
 */
public final class BusTls {
  private final LinkTls tls;
  private volatile Duration handshake = Duration.ofSeconds(10);

  /** The bus of the member {@code tls} is for. */
  public BusTls(LinkTls tls) {
    this.tls = tls;
  }

  /**
   * To be called before Vert.x is made, and when all else is set. The options' JSON form, which is
   * also what {@code VertxOptions.toString()} shows, then holds the leaf's private key: don't log
   * it.
   *
   * @return the same options
   */
  public EventBusOptions secure(EventBusOptions options) {
    Leaf leaf = tls.leaf();
    PemTrustOptions trust =
        new PemTrustOptions().addCertValue(Buffer.buffer(tls.key().trustedPem(Role.MEMBERS)));
    options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of(LinkTls.PROTOCOL))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(leaf.certificatePem()))
                .addKeyValue(Buffer.buffer(leaf.keyPem())))
        .setTrustOptions(trust)
        .setClientAuth(ClientAuth.REQUIRED);
    handshake =
        Duration.of(
            options.getSslHandshakeTimeout(), options.getSslHandshakeTimeoutUnit().toChronoUnit());
    return options.setTrustAll(false);
  }

  /**
   * To be called when the clustered Vert.x is there, before the bus is used. It is an error to use
   * the bus when this fails.
   */
  public Future<Void> complete(Vertx vertx) {
    EventBus bus = vertx.eventBus();
    NetServer server = part(bus, "server", NetServer.class);
    NetClient client = part(bus, "client", NetClient.class);
    return server
        .updateSSLOptions(serverOptions())
        .compose(done -> client.updateSSLOptions(clientOptions()))
        .mapEmpty();
  }

  private ServerSSLOptions serverOptions() {
    ServerSSLOptions options = new ServerSSLOptions().setClientAuth(ClientAuth.REQUIRED);
    options
        .setEnabledSecureTransportProtocols(Set.of(LinkTls.PROTOCOL))
        .setKeyCertOptions(tls.keyCertOptions())
        .setTrustOptions(new HandedTrust(tls.trust(LinkTls.ANY)))
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  private ClientSSLOptions clientOptions() {
    return tls.clientOptions(LinkTls.ANY)
        .setSslHandshakeTimeout(handshake.toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** There is no way in but the field; BusTlsTest notices when Vert.x changes it. */
  private static <T> T part(EventBus bus, String name, Class<T> type) {
    try {
      Field field = bus.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return type.cast(field.get(bus));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Vert.x has another bus: no " + name + " in " + bus, e);
    }
  }
}

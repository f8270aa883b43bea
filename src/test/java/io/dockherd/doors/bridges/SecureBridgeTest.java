package io.dockherd.doors.bridges;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.access.CarriedIdentity;
import io.dockherd.access.Gate;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bridge beyond loopback. */
class SecureBridgeTest {
  private static final char[] NO_PASSWORD = {};
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);

  private final Vertx vertx = Vertx.vertx();
  private final TcpBridge bridge = new TcpBridge(vertx, BridgeSettings.of("herd"), Gate.EVERYTHING);

  @AfterEach
  void close() throws Exception {
    bridge.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private int open() {
    vertx
        .eventBus()
        .<Object>consumer(
            "herd", m -> m.reply(CarriedIdentity.in(m.headers()).orElseThrow().name()));
    DoorTls tls = new DoorTls(KEY, "host-1", List.of("127.0.0.1"), InstantSource.system());
    return bridge.open("127.0.0.1", 0, tls.secure(new NetServerOptions()));
  }

  private static ClientCertificate certificate(HerdKey key, String name) {
    return ClientCertificate.issue(
        key, ClientCertificate.Signer.TODAY, name, Instant.now(), Duration.ofDays(1));
  }

  @Test
  void aClientIsWhomItsCertificateNames() throws Exception {
    try (FrameClient client = client(open(), keys(certificate(KEY, "alice")))) {
      assertEquals("alice", client.ask("herd", "who am I?").getString("body"));
    }
  }

  @Test
  void withoutACertificateNobodyGetsIn() throws Exception {
    assertTurnedAway(new KeyManager[0]);
  }

  @Test
  void withACertificateOfAnotherKeyNobodyGetsIn() throws Exception {
    HerdKey other = HerdKey.create(Instant.now(), Generation.VALIDITY);
    assertTurnedAway(keys(certificate(other, "alice")));
  }

  private void assertTurnedAway(KeyManager[] keys) throws Exception {
    try (FrameClient client = client(open(), keys)) {
      client.ask("herd", "?");
    } catch (IOException e) {
      return;
    }
    throw new AssertionError("was let in");
  }

  private static FrameClient client(int port, KeyManager[] keys)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, NO_PASSWORD);
    trusted.setCertificateEntry("ca", read(certificate(KEY, "any").authorities()));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys, trust.getTrustManagers(), null);
    return new FrameClient(context.getSocketFactory().createSocket("127.0.0.1", port));
  }

  private static KeyManager[] keys(ClientCertificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
    own.load(null, NO_PASSWORD);
    own.setKeyEntry(
        "own",
        certificate.leaf().key(),
        NO_PASSWORD,
        new X509Certificate[] {certificate.leaf().certificate()});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private static X509Certificate read(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes()));
  }
}

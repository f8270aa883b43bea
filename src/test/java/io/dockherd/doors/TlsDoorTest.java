package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A door with TLS lets in whoever has a client's certificate of the herd, by its name. */
class TlsDoorTest {
  private static final Instant NOW = Instant.now();
  private static final HerdKey KEY = HerdKey.create(NOW, Generation.VALIDITY);
  private static final HerdKey OTHER = HerdKey.create(NOW, Generation.VALIDITY);

  private final Vertx vertx = Vertx.vertx();
  private final FrontDoor door =
      new FrontDoor(
          vertx,
          DoorLimits.DEFAULT,
          new RequestIds(new Random(1)),
          Set.of("host-1"),
          List.of(new Echo()));
  private final DoorTls tls = new DoorTls(KEY, "host-1", List.of("127.0.0.1"), Instant::now);
  private final int port =
      door.open(List.of(Listener.tls("127.0.0.1", 0, tls.secure(new HttpServerOptions()))))
          .getFirst();

  @AfterEach
  void close() {
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theCertificateSaysWhoAsks() throws Exception {
    HttpResponse<String> answer = call(Optional.of(client(KEY, "alice")));
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("\"who\":\"alice\""), answer.body());
  }

  @Test
  void nobodyComesInWithoutOneOrWithAnothers() {
    assertThrows(IOException.class, () -> call(Optional.empty()));
    assertThrows(IOException.class, () -> call(Optional.of(client(OTHER, "alice"))));
  }

  @Test
  void clearTextIsNoUse() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      String answer = caller.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").rest();
      assertTrue(!answer.contains("HTTP/1.1 200"), answer);
    } catch (SocketException reset) {
      // A door that hangs up on what it has not read resets the connection: no use either.
    }
  }

  private static Leaf client(HerdKey key, String name) {
    return ClientCertificate.issue(
            key, ClientCertificate.Signer.TODAY, name, NOW, Duration.ofDays(1))
        .leaf();
  }

  private HttpResponse<String> call(Optional<Leaf> leaf) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context(leaf))
            .build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/"))
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static SSLContext context(Optional<Leaf> leaf) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (X509Certificate authority : KEY.trusted(Role.CLIENTS)) {
      trusted.setCertificateEntry(authority.getSerialNumber().toString(), authority);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(leaf), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keys(Optional<Leaf> leaf) throws Exception {
    if (leaf.isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "own", leaf.get().key(), new char[0], new Certificate[] {leaf.get().certificate()});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(own, new char[0]);
    return factory.getKeyManagers();
  }
}

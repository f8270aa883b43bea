package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutual TLS: an engine's own, or that of a relay in front of it. */
class EngineOverTlsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final EngineRequest LIST = EngineRequest.get(LIMIT, "containers", "json");

  private final Vertx vertx = Vertx.vertx();
  private final TestKeys keys = new TestKeys();
  private FakeEngine fake;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    if (fake != null) {
      fake.close();
    }
    vertx.close().await();
  }

  private void start(String name) {
    fake =
        FakeEngine.onTls((request, connection) -> connection.answer(200, "[]"), keys.server(name));
  }

  private Engine through(String peer, ClientSSLOptions tls) {
    EngineTransport transport =
        EngineTransport.through("127.0.0.1", fake.port(), peer, tls, "/engine");
    return new HttpEngine(vertx, transport, EngineSettings.defaults());
  }

  @Test
  void theFolderOfCertificatesIsUsed() {
    start("127.0.0.1");
    Path certificates = keys.write(folder, "client");
    EngineAddress address =
        new EngineAddress.Tcp("127.0.0.1", fake.port(), Optional.of(certificates));
    try (Engine engine = HttpEngine.at(vertx, address, EngineSettings.defaults())) {
      assertEquals(200, engine.call(LIST).status());
    }
  }

  @Test
  void aFolderThatLacksAFileIsInvalid() {
    EngineAddress address = new EngineAddress.Tcp("127.0.0.1", 2376, Optional.of(folder));
    assertThrows(Invalid.class, () -> EngineTransport.to(address));
  }

  @Test
  void aRelayIsKnownByItsNameAndAskedUnderItsPrefix() {
    start("host-2");
    try (Engine engine = through("host-2", keys.client("host-1"))) {
      assertEquals(200, engine.call(LIST).status());
      assertEquals("/engine/v1.41/containers/json", fake.requests().getLast().target());
      assertEquals("host-2:" + fake.port(), fake.requests().getLast().headers().get("Host"));
      assertInstanceOf(
          Hijack.Declined.class,
          engine.hijack(EngineRequest.post(LIMIT, "containers", "a", "attach")));
      assertEquals("/engine/v1.41/containers/a/attach", fake.requests().getLast().target());
    }
  }

  @Test
  void whoGoesByAnotherNameIsNotSpokenTo() {
    start("host-3");
    try (Engine engine = through("host-2", keys.client("host-1"))) {
      assertThrows(Unreachable.class, () -> engine.call(LIST));
      assertEquals(0, fake.requests().size());
    }
  }

  @Test
  void anEmptyNameCheckIsNotTakenForOne() {
    start("host-3");
    ClientSSLOptions unchecked = keys.client("host-1").setHostnameVerificationAlgorithm("");
    try (Engine engine = through("host-2", unchecked)) {
      assertThrows(Unreachable.class, () -> engine.call(LIST));
    }
  }

  @Test
  void whoComesWithAnothersCertificateGetsNowhere() {
    start("host-2");
    ClientSSLOptions foreign =
        new TestKeys().client("host-1").setTrustOptions(keys.client("host-1").getTrustOptions());
    try (Engine engine = through("host-2", foreign)) {
      assertThrows(Unreachable.class, () -> engine.call(LIST));
      assertEquals(0, fake.requests().size());
    }
  }
}

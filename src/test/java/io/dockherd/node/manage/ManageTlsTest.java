package io.dockherd.node.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.Authority;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine, and whoever listens, is what its certificate says, or is not spoken to. */
class ManageTlsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A key pair, and the authority that vouches for it: files. */
  private record Pair(Path authority, Path certificate, Path key) {}

  private Pair files(String name, String host) throws IOException {
    HerdKey key = HerdKey.create(Instant.now(), Duration.ofDays(2));
    Authority authority = key.signer(Role.MEMBERS);
    Leaf leaf =
        authority.issue(
            new X500Principal("CN=" + host),
            Set.of(Purpose.CLIENT, Purpose.SERVER),
            List.of(AlternativeName.of(host)),
            Instant.now(),
            Duration.ofDays(1));
    return new Pair(
        Files.writeString(folder.resolve(name + "-ca.pem"), key.trustedPem(Role.MEMBERS)),
        Files.writeString(folder.resolve(name + "-cert.pem"), leaf.certificatePem()),
        Files.writeString(folder.resolve(name + "-key.pem"), leaf.keyPem()));
  }

  private static ManageTls tls(
      boolean isVerified, boolean isInsecure, Optional<Path> authority, Pair own) {
    return ManageTls.of(
        new ManageOptions.Tls(
            true, isVerified, authority, Optional.of(own.certificate), Optional.of(own.key)),
        isInsecure);
  }

  private int listening(ManageTls tls) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer(tls.listening())
            .requestHandler(
                request -> request.response().putHeader("Api-Version", "1.41").end("OK"));
    return server.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS).actualPort();
  }

  private int ping(ManageTls tls, String host, int port) {
    try (HttpEngine engine =
        new HttpEngine(vertx, tls.to(new HostPort(host, port)), EngineSettings.defaults())) {
      return engine.call(EngineRequest.get(LIMIT, "info")).status();
    }
  }

  @Test
  void bothSidesVerifyEachOther() throws Exception {
    Pair files = files("ours", "localhost");
    ManageTls ours = tls(true, false, Optional.of(files.authority), files);
    int port = listening(ours);
    assertEquals(200, ping(ours, "localhost", port));
    // The certificate is localhost's and nobody else's.
    assertThrows(Unreachable.class, () -> ping(ours, "127.0.0.1", port));
    Pair others = files("others", "localhost");
    ManageTls stranger = tls(true, false, Optional.of(files.authority), others);
    assertThrows(Unreachable.class, () -> ping(stranger, "localhost", port));
  }

  @Test
  void bareTlsVerifiesEnginesToo() throws Exception {
    Pair files = files("engine", "localhost");
    Pair own = files("own", "localhost");
    int port = listening(tls(false, false, Optional.empty(), files));
    ManageTls trusting = tls(false, false, Optional.of(files.authority), own);
    assertEquals(200, ping(trusting, "localhost", port));
    ManageTls bySystem = tls(false, false, Optional.empty(), own);
    assertThrows(Unreachable.class, () -> ping(bySystem, "localhost", port));
    ManageTls insecure = tls(false, true, Optional.empty(), own);
    assertEquals(200, ping(insecure, "localhost", port));
    assertEquals(200, ping(insecure, "127.0.0.1", port));
    ManageTls insecureWithAuthority = tls(false, true, Optional.of(own.authority), own);
    assertThrows(Unreachable.class, () -> ping(insecureWithAuthority, "localhost", port));
  }
}

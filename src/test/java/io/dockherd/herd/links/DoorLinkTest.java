package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Tool;
import io.dockherd.Tool.Outcome;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.ClientCertificate.Signer;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who gets in by a door, as curl and OpenSSL see it. They have clocks of their own, so here it is
 * really now.
 */
class DoorLinkTest {
  private static final Instant NOW = Instant.now();
  private static final HerdKey KEY = HerdKey.create(NOW, Generation.VALIDITY);

  @TempDir private Path folder;
  private Vertx vertx;
  private TestDoor door;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    door = new TestDoor(vertx, new DoorTls(KEY, "host-1", List.of(), () -> NOW));
  }

  @AfterEach
  void close() {
    door.close();
    vertx.close().await();
  }

  private static ClientCertificate client(HerdKey key, Instant now) {
    return ClientCertificate.issue(key, Signer.TODAY, "alice", now, Duration.ofDays(2));
  }

  private Outcome curl(String... more) {
    Tool.require("curl");
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "-m", "20"));
    command.addAll(List.of(more));
    return Tool.run(command);
  }

  private Outcome curlAs(ClientCertificate client, String host) {
    client.write(folder, true);
    return curl(
        "--cacert",
        folder.resolve("ca.pem").toString(),
        "--cert",
        folder.resolve("cert.pem").toString(),
        "--key",
        folder.resolve("key.pem").toString(),
        "https://" + host + ":" + door.port() + "/");
  }

  @Test
  void curlGetsInWithTheThreeFiles() {
    assertEquals("hello alice\n", curlAs(client(KEY, NOW), "127.0.0.1").said());
    assertEquals("hello alice\n", curlAs(client(KEY, NOW), "localhost").said());
  }

  @Test
  void curlWithoutACertificateGetsNothing() {
    client(KEY, NOW).write(folder, false);
    Outcome outcome =
        curl(
            "--cacert",
            folder.resolve("ca.pem").toString(),
            "https://127.0.0.1:" + door.port() + "/");
    assertNotEquals(0, outcome.status(), outcome::said);
    assertFalse(outcome.said().contains("hello"), outcome::said);
  }

  @Test
  void curlKnowsADoorThatIsNotTheHerds() {
    HerdKey other = HerdKey.create(NOW, Generation.VALIDITY);
    Outcome outcome = curlAs(client(other, NOW), "127.0.0.1");
    assertEquals(60, outcome.status(), outcome::said);
  }

  @Test
  void clientsWithOtherCertificatesGetNothing() {
    HerdKey other = HerdKey.create(NOW, Generation.VALIDITY);
    LinkTls member = new LinkTls(KEY, "herd", "host-2", List.of("127.0.0.1"), () -> NOW);
    DoorTls anotherDoor = new DoorTls(KEY, "host-2", List.of(), () -> NOW);
    List.of(
            new ClientCertificate(client(KEY, NOW).authorities(), client(other, NOW).leaf()),
            new ClientCertificate(
                client(KEY, NOW).authorities(), client(KEY, NOW.minus(Duration.ofDays(3))).leaf()),
            new ClientCertificate(client(KEY, NOW).authorities(), member.leaf()),
            new ClientCertificate(client(KEY, NOW).authorities(), anotherDoor.leaf()))
        .forEach(
            stranger -> {
              Outcome outcome = curlAs(stranger, "127.0.0.1");
              assertNotEquals(0, outcome.status(), stranger + ": " + outcome.said());
              assertFalse(outcome.said().contains("hello"), outcome::said);
            });
  }

  @Test
  void opensslSeesAVerifiedServerAndTlsOneThree() {
    Tool.require("openssl");
    client(KEY, NOW).write(folder, false);
    Outcome outcome =
        Tool.run(
            List.of(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + door.port(),
                "-verify_ip",
                "127.0.0.1",
                "-verify_return_error",
                "-x509_strict",
                "-CAfile",
                folder.resolve("ca.pem").toString(),
                "-cert",
                folder.resolve("cert.pem").toString(),
                "-key",
                folder.resolve("key.pem").toString()));
    assertEquals(0, outcome.status(), outcome::said);
    assertTrue(outcome.said().contains("Verification: OK"), outcome::said);
    assertTrue(outcome.said().contains("TLSv1.3"), outcome::said);
  }

  @Test
  void opensslWithAnOlderProtocolIsTurnedAway() {
    Tool.require("openssl");
    client(KEY, NOW).write(folder, false);
    Outcome outcome =
        Tool.run(
            List.of(
                "openssl",
                "s_client",
                "-tls1_2",
                "-connect",
                "127.0.0.1:" + door.port(),
                "-cert",
                folder.resolve("cert.pem").toString(),
                "-key",
                folder.resolve("key.pem").toString()));
    assertNotEquals(0, outcome.status(), outcome::said);
  }
}

package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.ClientCertificate.Signer;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who accepts whom while a key is rotated: every mixture of steps, in both directions. */
class RotationTest {
  private static final HerdKey BEFORE = HerdKey.create(TestHerd.NOW, Generation.VALIDITY);
  private static final HerdKey ADDED =
      BEFORE.adding(Generation.create(TestHerd.NOW, Generation.VALIDITY));
  private static final HerdKey SIGNING = ADDED.signing();
  private static final HerdKey DROPPED = SIGNING.dropping();

  /** Each as a node reads it. */
  private static final List<HerdKey> STEPS =
      List.of(BEFORE, ADDED, SIGNING, DROPPED).stream()
          .map(key -> HerdKey.parse(key.toPem()))
          .toList();

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().await();
  }

  @Test
  void membersOneStepApartAcceptEachOtherAndOthersDoNot() throws IOException {
    for (int listening = 0; listening < STEPS.size(); listening++) {
      LinkTls server = TestHerd.member(STEPS.get(listening), "herd", "host-1");
      try (TlsListener listener = new TlsListener(server.sslContext())) {
        for (int dialling = 0; dialling < STEPS.size(); dialling++) {
          LinkTls client = TestHerd.member(STEPS.get(dialling), "herd", "host-2");
          assertEquals(
              Math.abs(listening - dialling) <= 1,
              listener.admits(client.sslContext()),
              "step " + dialling + " dials step " + listening);
        }
      }
    }
  }

  @Test
  void aMemberThatIsGivenTheNextStepInFlightGoesOn() throws IOException {
    LinkTls one = TestHerd.member(STEPS.get(0), "herd", "host-1");
    LinkTls two = TestHerd.member(STEPS.get(0), "herd", "host-2");
    try (TlsListener listener = new TlsListener(one.sslContext())) {
      for (HerdKey step : STEPS) {
        one.use(step);
        // New contexts each time: a session of before would be resumed without being looked at.
        assertTrue(listener.admits(two.sslContext()), "one is ahead");
        two.use(step);
        assertTrue(listener.admits(two.sslContext()), "both are at " + step.rotation());
      }
      LinkTls behind = TestHerd.member(STEPS.get(0), "herd", "host-3");
      assertFalse(listener.admits(behind.sslContext()));
    }
  }

  @Test
  void clientsOfEachStepOpenTheDoorsTheyShould() {
    // Rows: when the certificate was made; columns: doors at step 0, 1, 2, 3.
    requireOpening(client(BEFORE, Signer.TODAY), true, true, false, false);
    requireOpening(client(ADDED, Signer.TODAY), true, true, true, false);
    requireOpening(client(ADDED, Signer.NEXT), false, true, true, true);
    requireOpening(client(SIGNING, Signer.TODAY), false, true, true, true);
    requireOpening(client(SIGNING, Signer.NEXT), false, true, true, true);
    requireOpening(client(DROPPED, Signer.TODAY), false, false, true, true);
  }

  private static ClientCertificate client(HerdKey key, Signer signer) {
    return ClientCertificate.issue(key, signer, "alice", TestHerd.NOW, Duration.ofDays(30));
  }

  private static void requireOpening(ClientCertificate client, boolean... expected) {
    for (int step = 0; step < expected.length; step++) {
      DoorTls tls =
          new DoorTls(STEPS.get(step), "host-1", List.of(TestHerd.LOOPBACK), () -> TestHerd.NOW);
      try (TestDoor door = new TestDoor(vertx, tls)) {
        assertEquals(expected[step], door.isOpenFor(client), client + " at step " + step);
      }
    }
  }
}

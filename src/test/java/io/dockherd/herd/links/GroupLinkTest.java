package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets somewhere on the group's port, which is plain sockets over TLS. */
class GroupLinkTest {
  private TlsListener listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new TlsListener(TestHerd.member("host-1").sslContext());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void aMemberIsLetIn() {
    assertDoesNotThrow(
        () ->
            TlsListener.dial(
                TestHerd.member("host-2").sslContext(), TestHerd.LOOPBACK, listener.port()));
  }

  @Test
  void aMemberIsLetInOverASocketThatWasConnectedBefore() throws IOException {
    SSLContext context = TestHerd.member("host-2").sslContext();
    try (Socket plain = new Socket(TestHerd.LOOPBACK, listener.port());
        SSLSocket tls =
            (SSLSocket)
                context
                    .getSocketFactory()
                    .createSocket(plain, TestHerd.LOOPBACK, listener.port(), false)) {
      tls.startHandshake();
      TlsListener.exchange(tls);
    }
  }

  @Test
  void strangersGetNowhere() {
    TestHerd.strangers().forEach((why, stranger) -> assertFalse(listener.admits(stranger), why));
  }

  @Test
  void eachStrangerIsRefusedForWhatIsWrongWithHim() {
    Map<String, SSLContext> strangers = TestHerd.strangers();
    Instant dayBefore = TestHerd.NOW.minus(Duration.ofDays(1));
    Instant weekAfter = TestHerd.NOW.plus(LinkTls.LEAF_VALIDITY);
    Map.of(
            "no certificate", "Empty client certificate chain",
            "another key", "none of our authorities",
            "another herd", "'not herd' is another herd",
            "expired", "to " + dayBefore + ", and here it is " + TestHerd.NOW,
            "not yet valid", "valid from " + weekAfter,
            "a client", "none of our authorities",
            "a door", "none of our authorities")
        .forEach(
            (who, why) -> {
              listener.admits(strangers.get(who));
              Await.until(
                  who + " refused with: " + why + ", got: " + listener.lastRefusal(),
                  Duration.ofSeconds(30),
                  () -> listener.lastRefusal().contains(why));
            });
  }

  @Test
  void strangersWhoListenAreNotSpokenTo() {
    SSLContext member = TestHerd.member("host-2").sslContext();
    TestHerd.strangers()
        .forEach(
            (why, stranger) -> {
              try (TlsListener trap = new TlsListener(stranger)) {
                assertFalse(trap.admits(member), why);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
  }

  @Test
  void aRefusalIsSeenOnTheFirstReadAtTheLatest() throws IOException {
    SSLContext stranger = TestHerd.strangers().get("a client");
    try (SSLSocket dialled =
        (SSLSocket) stranger.getSocketFactory().createSocket(TestHerd.LOOPBACK, listener.port())) {
      dialled.setSoTimeout(30_000);
      assertThrows(
          IOException.class,
          () -> {
            // With TLS 1.3 his side may be done before the other has looked at him.
            dialled.startHandshake();
            dialled.getInputStream().read();
          });
    }
  }

  @Test
  void olderProtocolsAreRefusedByBothSides() throws IOException {
    SSLContext member = TestHerd.member("host-2").sslContext();
    try (SSLSocket dialled =
        (SSLSocket) member.getSocketFactory().createSocket(TestHerd.LOOPBACK, listener.port())) {
      dialled.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThrows(
          IOException.class,
          () -> {
            dialled.startHandshake();
            TlsListener.exchange(dialled);
          });
    }
    try (TlsListener old = new TlsListener(member, "TLSv1.2")) {
      assertFalse(old.admits(TestHerd.member("host-3").sslContext()));
    }
  }

  @Test
  void whoeverComesAgainIsLookedAtAgain() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(TestHerd.NOW);
    LinkTls patient =
        new LinkTls(TestHerd.KEY, "herd", "host-3", List.of(TestHerd.LOOPBACK), now::get);
    try (TlsListener other = new TlsListener(patient.sslContext())) {
      // One context, so that it could resume the session of the first time.
      SSLContext stale = TestHerd.soonExpired();
      assertTrue(other.admits(stale));
      now.set(TestHerd.NOW.plus(Duration.ofHours(2)));
      assertFalse(other.admits(stale));
    }
  }

  @Test
  void aClockThatIsAlmostADayOffIsTolerated() {
    Duration skew = Duration.ofHours(23);
    assertTrue(listener.admits(TestHerd.memberAt(TestHerd.NOW.plus(skew), "early").sslContext()));
    assertTrue(listener.admits(TestHerd.memberAt(TestHerd.NOW.minus(skew), "late").sslContext()));
  }

  @Test
  void whoAnswersUnderAnotherAddressIsNotSpokenTo() throws IOException {
    LinkTls elsewhere =
        new LinkTls(TestHerd.KEY, "herd", "host-3", List.of("10.9.9.9"), () -> TestHerd.NOW);
    try (TlsListener wrong = new TlsListener(elsewhere.sslContext())) {
      assertFalse(wrong.admits(TestHerd.member("host-2").sslContext()));
    }
  }

  @Test
  void aHostMayBeDialledByItsName() throws IOException {
    LinkTls named =
        new LinkTls(TestHerd.KEY, "herd", "host-3", List.of("localhost"), () -> TestHerd.NOW);
    try (TlsListener other = new TlsListener(named.sslContext())) {
      SSLContext member = TestHerd.member("host-2").sslContext();
      assertDoesNotThrow(() -> TlsListener.dial(member, "localhost", other.port()));
      assertFalse(other.admits(member), "by an address its certificate does not name");
    }
  }
}

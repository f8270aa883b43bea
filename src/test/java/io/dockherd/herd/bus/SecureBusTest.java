package io.dockherd.herd.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.bus.BusHerd.BusMember;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.LinkTls;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets onto a bus over mutual TLS: here all are let into the group, so that TLS decides. */
class SecureBusTest {
  /** It reports every refused connection. */
  private static final Logger VERTX_LOG = Logger.getLogger("io.vertx.core");

  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);
  private static final HerdKey OTHER_KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);
  private static final BusSettings SETTINGS = BusSettings.of("127.0.0.1", 0);

  private final BusHerd herd = new BusHerd();
  private final BusMember a = herd.member(SETTINGS, tls(KEY, "herd", "a"));

  private static LinkTls tls(HerdKey key, String name, String node) {
    return new LinkTls(key, name, node, List.of("127.0.0.1"), InstantSource.system());
  }

  @BeforeEach
  void silence() {
    VERTX_LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    herd.close();
    VERTX_LOG.setLevel(null);
  }

  private void strangers(BusMember stranger) {
    a.answer("a", "from a");
    stranger.answer("s", "from a stranger");
    assertFalse(stranger.isAnswered("a", "from a"));
    assertFalse(a.isAnswered("s", "from a stranger"));
  }

  @Test
  void membersOfOneKeyAndHerdReachEachOther() {
    BusMember b = herd.member(SETTINGS, tls(KEY, "herd", "b"));
    a.answer("a", "from a");
    b.answer("b", "from b");
    assertEquals("from a", b.ask("a"));
    assertEquals("from b", a.ask("b"));
  }

  @Test
  void amongMembersAStrangerIsPassedOver() {
    herd.member(SETTINGS, tls(OTHER_KEY, "herd", "b"));
    BusMember c = herd.member(SETTINGS, tls(KEY, "herd", "c"));
    c.answer("c", "from c");
    assertEquals("from c", a.ask("c"));
  }

  @Test
  void anotherKeyGetsNowhere() {
    strangers(herd.member(SETTINGS, tls(OTHER_KEY, "herd", "b")));
  }

  @Test
  void anotherHerdOfTheSameKeyGetsNowhere() {
    strangers(herd.member(SETTINGS, tls(KEY, "another", "b")));
  }

  @Test
  void clearTextGetsNowhere() {
    strangers(herd.member(SETTINGS));
  }

  @Test
  void aMemberThatIsNotWhereItSaysIsNotSentTo() {
    // Its certificate is for 127.0.0.1 only.
    BusMember b = herd.member(BusSettings.of("127.0.0.2", 0), tls(KEY, "herd", "b"));
    b.answer("b", "from b");
    assertFalse(a.isAnswered("b", "from b"));
  }

  @Test
  void whoeverSendsRubbishIsCutOff() throws IOException {
    int port = a.manager().getNodeInfo().port();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
      assertTrue(socket.getInputStream().readAllBytes().length < 100);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still connected", e);
    }
  }

  @Test
  void whoeverSendsNothingIsCutOff() throws IOException {
    int port = a.manager().getNodeInfo().port();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      assertEquals(0, socket.getInputStream().readAllBytes().length);
    }
  }
}

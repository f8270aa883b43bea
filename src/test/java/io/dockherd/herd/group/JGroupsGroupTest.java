package io.dockherd.herd.group;

import static io.dockherd.herd.group.Listener.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups of real sockets on loopback. */
class JGroupsGroupTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Loopback net = new Loopback();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void theFirstPeerIsAloneAndOthersJoinIt() {
    Loopback.Peer a = net.join();
    assertEquals(1, a.listener.view().peers().size());
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    assertEquals(3, c.listener.view().peers().size(), "known when join returns");
    net.awaitAllPresent();
    assertEquals(a.group.view().peers(), b.group.view().peers());
    assertEquals(a.group.self(), c.group.view().peers().getFirst(), "oldest first");
  }

  @Test
  void toldBroadcastAndAsked() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    net.awaitAllPresent();
    a.channel.broadcast(bytes("to all"));
    a.channel.tell(b.group.self(), bytes("to b"));
    Await.until("both heard", LIMIT, () -> b.listener.heard.size() == 2);
    assertEquals("to all", b.listener.heard.getFirst().message());
    assertArrayEquals(bytes("?"), a.channel.ask(b.group.self(), bytes("?"), LIMIT));
  }

  @Test
  void aMessageLongerThanAPartArrivesWhole() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    net.awaitAllPresent();
    byte[] question = new byte[5 * 1024 * 1024];
    question[question.length - 1] = 7;
    assertArrayEquals(question, a.channel.ask(b.group.self(), question, LIMIT));
  }

  @Test
  void askingAnAbsentPeerFailsAtOnce() {
    Loopback.Peer a = net.join();
    assertThrows(Unreachable.class, () -> a.channel.ask(new PeerId("nobody"), bytes("?"), LIMIT));
  }

  @Test
  void aPeerThatLeavesIsGoneForAll() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    net.awaitAllPresent();
    net.leave(a);
    net.awaitAllPresent();
    assertEquals(b.group.self(), c.group.view().peers().getFirst());
  }
}

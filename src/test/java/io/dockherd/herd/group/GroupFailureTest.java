package io.dockherd.herd.group;

import static io.dockherd.herd.group.Listener.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Thorough;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a group makes of peers that die, fall silent and come back. */
class GroupFailureTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Loopback net = new Loopback();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void aDeadProcessIsNoticedByAllBeforeItsSilence() {
    net.tuned(Loopback::takesAMinute);
    net.join();
    net.join();
    Loopback.Peer third = net.join();
    net.awaitAllPresent();
    net.crash(third);
    net.awaitAllPresent(Loopback.BEFORE_SILENCE);
  }

  @Test
  void theDeathOfTheOldestIsNoticedBeforeItsSilenceToo() {
    net.tuned(Loopback::takesAMinute);
    Loopback.Peer oldest = net.join();
    Loopback.Peer second = net.join();
    Loopback.Peer third = net.join();
    net.awaitAllPresent();
    net.crash(oldest);
    net.awaitAllPresent(Loopback.BEFORE_SILENCE);
    assertEquals(
        second.group.self(),
        third.group.view().peers().getFirst(),
        () -> "third: " + third.listener.views + "\nsecond: " + second.listener.views);
  }

  @Test
  void aQuestionToAPeerThatDiesFailsWhenThatIsNoticed() {
    Loopback.Peer asker = net.join();
    Loopback.Peer silent = net.prepare(java.util.Optional.empty());
    CountDownLatch never = new CountDownLatch(1);
    silent.group.open("silent", new Silent(never));
    Channel channel = asker.group.open("silent", new Silent(never));
    net.enter(silent);
    net.awaitAllPresent();
    Thread.ofVirtual().start(() -> net.crash(silent));
    assertThrows(
        Unreachable.class,
        () -> channel.ask(silent.group.self(), bytes("?"), Duration.ofSeconds(30)));
    never.countDown();
  }

  @Test
  void aSplitIsSeenByBothSidesAndAHealJoinsThem() {
    net.tuned(
        s ->
            s.with(
                new GroupSettings.Watching(
                    Duration.ofMillis(200), Duration.ofSeconds(1), s.watching().doubt())));
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    net.awaitAllPresent();
    net.split(c);
    Await.until("c alone", LIMIT, () -> c.listener.view().peers().size() == 1);
    Await.until("a without c", LIMIT, () -> a.listener.view().peers().size() == 2);
    Await.until("b without c", LIMIT, () -> b.listener.view().peers().size() == 2);
    a.channel.broadcast(bytes("not for c"));
    c.channel.broadcast(bytes("for nobody"));
    net.heal();
    net.awaitAllPresent();
    for (Loopback.Peer peer : List.of(a, b, c)) {
      assertTrue(peer.listener.view().healed());
      assertFalse(peer.listener.view().joined().isEmpty());
    }
    assertEquals(List.of(c.group.self()), a.listener.view().joined());
    a.channel.broadcast(bytes("for all"));
    c.channel.broadcast(bytes("for all"));
    Await.until("heard by c", LIMIT, () -> !c.listener.heard.isEmpty());
    Await.until("heard by b", LIMIT, () -> b.listener.heard.size() == 3);
    assertEquals(List.of("for all"), c.listener.from(a.group.self()));
    assertEquals(List.of("for all"), b.listener.from(c.group.self()));
  }

  @Test
  void oneTheOthersDroppedUnnoticedSeesThemLeaveAndComeBack() throws Exception {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    net.join();
    net.awaitAllPresent();
    org.jgroups.protocols.pbcast.GMS gms = a.group.library().stack().findProtocol("GMS");
    gms.up(
        new org.jgroups.Event(org.jgroups.Event.SUSPECT, List.of(b.group.library().getAddress())));
    Await.until("dropped", LIMIT, () -> a.listener.view().left().contains(b.group.self()));
    net.awaitAllPresent();
    Await.until("b has noticed", LIMIT, () -> b.listener.views.size() >= 4);
    net.awaitAllPresent();
    List<View> seen = List.copyOf(b.listener.views);
    List<PeerId> left = seen.stream().flatMap(view -> view.left().stream()).toList();
    List<PeerId> back =
        seen.stream().filter(View::healed).flatMap(view -> view.joined().stream()).toList();
    assertTrue(left.contains(a.group.self()), "as it left for a: " + seen);
    assertTrue(back.contains(a.group.self()), "as it came back for a: " + seen);
  }

  @Test
  void restartsOnOneAddressLeaveNoGhost() {
    net.tuned(Loopback::takesAMinute);
    Loopback.Peer a = net.join();
    net.join();
    for (int i = 0; i < Thorough.or(8, 20); i++) {
      Loopback.Peer life = net.join();
      net.awaitAllPresent();
      if (i % 2 == 0) {
        net.crash(life);
      } else {
        net.leave(life);
      }
      net.awaitAllPresent(Loopback.BEFORE_SILENCE);
    }
    assertEquals(2, a.group.view().peers().size());
  }

  @Test
  void strangersOnThePortKeepNobodyOut() throws IOException {
    Loopback.Peer a = net.join();
    List<Socket> strangers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket stranger = new Socket(a.group.address().getAddress(), a.group.address().getPort());
      if (i % 2 == 0) {
        stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
      }
      strangers.add(stranger);
    }
    // If each were waited for, it would take minutes.
    net.join();
    net.awaitAllPresent();
    for (Socket stranger : strangers) {
      stranger.close();
    }
  }

  private record Silent(CountDownLatch until) implements Participant {
    @Override
    public void onView(View view) {}

    @Override
    public void onMessage(PeerId from, byte[] message) {}

    @Override
    public byte[] onQuestion(PeerId from, byte[] question) {
      try {
        until.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return question;
    }
  }
}

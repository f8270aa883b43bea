package io.dockherd.herd.group;

import static io.dockherd.herd.group.Listener.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.List;
import org.jgroups.Event;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.pbcast.GMS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two of a group can't talk to each other though everybody else hears both. */
class HalfOpenLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Loopback net = new Loopback();

  @BeforeEach
  void hurry() {
    net.tuned(
        settings ->
            settings
                .with(
                    new GroupSettings.Watching(
                        Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(400)))
                .with(settings.looking().at(Duration.ofMillis(400), Duration.ofMillis(200))));
  }

  @AfterEach
  void close() {
    net.close();
  }

  /** The peers by age; the younger of the ends goes. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, to the elder",
    "0, 1, to the younger",
    "0, 1, both",
    "0, 2, to the elder",
    "0, 2, to the younger",
    "0, 2, both",
    "1, 2, to the elder",
    "1, 2, to the younger",
    "1, 2, both",
  })
  void theYoungerEndIsLeftOutUntilTheLinkIsWhole(int elderAge, int youngerAge, String lost) {
    List<Loopback.Peer> byAge = List.of(net.join(), net.join(), net.join());
    net.awaitAllPresent(LIMIT);
    Loopback.Peer elder = byAge.get(elderAge);
    Loopback.Peer younger = byAge.get(youngerAge);
    Loopback.Peer third = byAge.get(3 - elderAge - youngerAge);
    if (!lost.equals("to the younger")) {
      net.mute(younger, elder);
    }
    if (!lost.equals("to the elder")) {
      net.mute(elder, younger);
    }
    Loopback.awaitTogether(LIMIT, elder, third);
    Loopback.awaitTogether(LIMIT, younger);
    assertArrayEquals(bytes("?"), third.channel.ask(elder.group.self(), bytes("?"), LIMIT));
    assertThrows(
        Unreachable.class, () -> third.channel.ask(younger.group.self(), bytes("?"), LIMIT));

    List<Integer> views = byAge.stream().map(peer -> peer.listener.views.size()).toList();
    awaitLookedForOthers(third, 4);
    assertEquals(views, byAge.stream().map(peer -> peer.listener.views.size()).toList(), "steady");

    net.heal();
    net.awaitAllPresent(LIMIT);
    assertEquals(List.of(younger.group.self()), third.listener.view().joined());
    assertTrue(third.listener.view().healed());
    assertArrayEquals(bytes("?"), elder.channel.ask(younger.group.self(), bytes("?"), LIMIT));
  }

  @Test
  void whoComesMeanwhileComesToTheLargerPart() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    net.awaitAllPresent(LIMIT);
    net.cut(a, b);
    Loopback.awaitTogether(LIMIT, a, c);
    Await.until("b knows", LIMIT, () -> gate(b).isLeftOut());
    Loopback.Peer d = net.join();
    assertEquals(3, d.group.view().peers().size(), "known when join returns");
    Loopback.Peer e = net.join();
    assertEquals(4, e.group.view().peers().size(), "known when join returns");
    Loopback.awaitTogether(LIMIT, a, c, d, e);
    Loopback.awaitTogether(LIMIT, b);
    net.heal();
    net.awaitAllPresent(LIMIT);
  }

  @Test
  void aSplitThatHealsIsWholeAgainButForTheOneThatIsLeftOut() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    Loopback.Peer d = net.join();
    Loopback.Peer e = net.join();
    net.awaitAllPresent(LIMIT);
    net.cut(a, b);
    Loopback.awaitTogether(LIMIT, a, c, d, e);
    net.split(a, c);
    Loopback.awaitTogether(LIMIT, a, c);
    // All of these hear each other, now that a is not among them.
    Loopback.awaitTogether(LIMIT, b, d, e);
    List.of(b, d, e).forEach(other -> net.heal(c, other));
    List.of(d, e).forEach(other -> net.heal(a, other));
    Await.until(
        () -> "all but one together: " + net,
        LIMIT,
        () ->
            Loopback.areTogether(a, c, d, e) && Loopback.areTogether(b)
                || Loopback.areTogether(b, c, d, e) && Loopback.areTogether(a));
    net.heal(a, b);
    net.awaitAllPresent(LIMIT);
  }

  @Test
  void theOldestGoesWhenItIsTheOneThatMissesMany() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    Loopback.Peer d = net.join();
    net.awaitAllPresent(LIMIT);
    net.mute(b, a);
    net.cut(a, c);
    Loopback.awaitTogether(LIMIT, b, c, d);
    Loopback.awaitTogether(LIMIT, a);
    net.heal();
    net.awaitAllPresent(LIMIT);
  }

  @Test
  void whoDiesWhileALinkIsBrokenLeavesTheOthersToMeet() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    Loopback.Peer c = net.join();
    net.awaitAllPresent(LIMIT);
    net.cut(b, c);
    Loopback.awaitTogether(LIMIT, a, b);
    net.crash(b);
    Loopback.awaitTogether(LIMIT, a, c);
  }

  @Test
  void whoWasLostAgainAndAgainIsKeptApartForAWhile() {
    Loopback.Peer a = net.join();
    Loopback.Peer b = net.join();
    for (int i = 0; i < FlapDamping.LOSSES; i++) {
      net.awaitAllPresent(LIMIT);
      int before = b.listener.views.size();
      GMS membership = a.group.library().stack().findProtocol(GMS.class);
      membership.up(new Event(Event.SUSPECT, List.of(b.group.library().getAddress())));
      Await.until("lost", LIMIT, () -> b.listener.views.size() > before);
    }
    Loopback.awaitTogether(LIMIT, a);
    Loopback.awaitTogether(LIMIT, b);
    awaitLookedForOthers(a, 4);
    assertTrue(Loopback.areTogether(a) && Loopback.areTogether(b), net.toString());
    Loopback.Peer c = net.join();
    assertEquals(2, c.group.view().peers().size(), "nobody else is kept out");
  }

  /** Until the library has found another view that many times. */
  private static void awaitLookedForOthers(Loopback.Peer peer, int times) {
    MERGE3 search = peer.group.library().stack().findProtocol(MERGE3.class);
    int before = search.getNumMergeEvents();
    Await.until("has looked for others", LIMIT, () -> search.getNumMergeEvents() >= before + times);
  }

  private static MergeGate gate(Loopback.Peer peer) {
    return peer.group.library().stack().findProtocol(MergeGate.class);
  }
}

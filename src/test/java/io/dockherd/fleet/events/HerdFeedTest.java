package io.dockherd.fleet.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.members.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HerdFeedTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final FeedHerd herd = new FeedHerd("b", "c");
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    herd.close();
  }

  private HerdFeed.Following follow() throws InterruptedException {
    return herd.feed.follow(event -> told.add(Told.name(event)));
  }

  private void awaitTold(String... names) {
    Await.until(
        "told " + List.of(names) + " and not " + told, LIMIT, () -> told.size() >= names.length);
    assertEquals(List.of(names), told);
  }

  @Test
  void whatHappensAnywhereIsToldInOrderFromNowOn() throws InterruptedException {
    herd.happens("b", "before");
    follow();
    herd.happens("b", "1");
    herd.happens("a", "2");
    herd.happens("c", "3");
    herd.happens("a", "4");
    awaitTold("1", "2", "3", "4");
  }

  @Test
  void manyCallersShareOneStreamToEachNode() throws InterruptedException {
    List<String> others = new CopyOnWriteArrayList<>();
    HerdFeed.Following first = follow();
    HerdFeed.Following second = herd.feed.follow(event -> others.add(Told.name(event)));
    assertEquals(2, herd.streamsOpened.get());
    herd.happens("c", "1");
    awaitTold("1");
    Await.until("both are told", LIMIT, () -> others.equals(List.of("1")));
    first.close();
    herd.happens("c", "2");
    Await.until("the other is told", LIMIT, () -> others.equals(List.of("1", "2")));
    assertEquals(List.of("1"), told);
    second.close();
    Await.until("nothing is open", LIMIT, () -> herd.openStreams() == 0);
    follow();
    herd.happens("b", "3");
    awaitTold("1", "3");
  }

  @Test
  void aBrokenStreamLosesNothingAndTellsNothingTwice() throws InterruptedException {
    follow();
    herd.happens("b", "1");
    awaitTold("1");
    herd.cut("b", false);
    herd.happens("b", "2");
    herd.happens("b", "3");
    herd.happens("a", "4");
    awaitTold("1", "4");
    herd.mend("b");
    awaitTold("1", "4", "2", "3");
    herd.happens("b", "5");
    awaitTold("1", "4", "2", "3", "5");
  }

  @Test
  void aStreamThatHangsIsFoundOut() throws InterruptedException {
    follow();
    herd.happens("b", "1");
    awaitTold("1");
    herd.cut("b", true);
    herd.happens("b", "2");
    herd.mend("b");
    awaitTold("1", "2");
  }

  @Test
  void anEngineThatRestartsIsSaidToHave() throws InterruptedException {
    follow();
    herd.journal("c").onLost("gone");
    herd.journal("c").onConnected();
    herd.happens("c", "1");
    awaitTold("swarm engine_disconnect c", "swarm engine_reconnect c", "1");
  }

  @Test
  void aNodeThatComesMidwayIsFollowedFromItsFirstEventOn() throws InterruptedException {
    follow();
    Member late = herd.add("d");
    herd.happens("d", "1");
    herd.comes(late);
    Await.until("told " + told, LIMIT, () -> told.size() == 3);
    herd.happens("d", "2");
    Await.until("told " + told, LIMIT, () -> told.size() == 4);
    // Whether its own first word or the sight of it comes first is a matter of milliseconds.
    assertEquals(
        List.of("swarm engine_connect d", "1", "2"),
        told.stream().filter(name -> !name.equals("node join d")).toList());
  }

  @Test
  void aNodeThatIsCutOffGoesOnWhereItWas() throws InterruptedException {
    follow();
    herd.happens("b", "1");
    awaitTold("1");
    Member b = herd.member("b");
    herd.leaves("b", false);
    awaitTold("1", "swarm engine_disconnect b", "node lost b");
    herd.happens("b", "2");
    herd.comes(b);
    Await.until("it is told", LIMIT, () -> told.size() == 6);
    assertEquals(
        List.of("node join b", "swarm engine_reconnect b"),
        told.subList(3, 6).stream().filter(name -> !name.equals("2")).toList());
  }

  @Test
  void aNodeThatLeavesOrderlyIsSaidTo() throws InterruptedException {
    follow();
    herd.leaves("c", true);
    awaitTold("swarm engine_disconnect c", "node leave c");
    Await.until("its stream is let go", LIMIT, () -> herd.openStreams() == 1);
  }

  @Test
  void whatIsRememberedComesInOrderOverAllNodes() throws InterruptedException {
    herd.happens("c", "1");
    herd.happens("a", "2");
    herd.happens("b", "3");
    herd.happens("c", "4");
    Instant soon = Instant.now().plusSeconds(60);
    assertEquals(
        List.of("1", "2", "3", "4"), containers(herd.feed.remembered(Instant.EPOCH, soon)));
    Remembered none = herd.feed.remembered(soon, soon.plusSeconds(60));
    assertEquals(List.of(), none.events());
    assertEquals(List.of(), herd.feed.remembered(Instant.EPOCH, Instant.ofEpochSecond(1)).events());
    herd.cut("b", false);
    assertEquals(List.of("1", "2", "4"), containers(herd.feed.remembered(Instant.EPOCH, soon)));
  }

  @Test
  void whatIsRememberedAndWhatIsToldThenMakeOneStream() throws InterruptedException {
    List<HerdEvent> live = new CopyOnWriteArrayList<>();
    herd.happens("b", "1");
    herd.feed.follow(live::add);
    herd.happens("b", "2");
    Remembered remembered = herd.feed.remembered(Instant.EPOCH, Remembered.END_OF_TIME);
    herd.happens("b", "3");
    Await.until("all came", LIMIT, () -> live.size() == 2);
    assertEquals(List.of("1", "2"), containers(remembered));
    assertEquals(List.of("3"), live.stream().filter(remembered::isBefore).map(Told::name).toList());
  }

  @Test
  void aJournalKeepsTheLastAsAnEngineDoes() throws InterruptedException {
    IntStream.range(0, 20).forEach(i -> herd.happens("b", "n" + i));
    List<String> remembered =
        containers(herd.feed.remembered(Instant.EPOCH, Remembered.END_OF_TIME));
    assertEquals(16, remembered.size());
    assertTrue(remembered.contains("n19"));
  }

  private static List<String> containers(Remembered remembered) {
    return remembered.events().stream()
        .filter(event -> event.json().getString("Type").equals("container"))
        .map(Told::name)
        .toList();
  }
}

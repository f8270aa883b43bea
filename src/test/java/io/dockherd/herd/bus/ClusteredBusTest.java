package io.dockherd.herd.bus;

import static io.dockherd.herd.bus.BusHerd.SOON;
import static io.dockherd.herd.bus.BusHerd.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.bus.BusHerd.BusMember;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusteredBusTest {
  private final BusHerd herd = new BusHerd();
  private final BusMember a = herd.member();
  private final BusMember b = herd.member();
  private final BusMember c = herd.member();

  @AfterEach
  void close() {
    herd.close();
  }

  @Test
  void everybodyIsOnTheBusForEverybody() {
    Set<String> all = Set.of(a.id(), b.id(), c.id());
    for (BusMember member : List.of(a, b, c)) {
      assertEquals(all, Set.copyOf(member.manager().getNodes()));
    }
  }

  @Test
  void aConsumerThatIsCompleteAnswersEverybodyAtOnce() {
    a.answer("x", "from a");
    assertEquals("from a", a.ask("x"));
    assertEquals("from a", b.ask("x"));
    assertEquals("from a", c.ask("x"));
  }

  @Test
  void requestsGoRoundOverTheMembersThatConsume() {
    a.answer("x", "a");
    b.answer("x", "b");
    c.answer("x", "c");
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      answers.merge(b.ask("x"), 1, Integer::sum);
    }
    assertEquals(Map.of("a", 3, "b", 3, "c", 3), answers);
  }

  @Test
  void whatIsPublishedReachesAll() {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    for (BusMember member : List.of(a, b, c)) {
      await(
          member
              .vertx()
              .eventBus()
              .<String>consumer("news", message -> heard.add(member.id()))
              .completion());
    }
    a.vertx().eventBus().publish("news", "!");
    Await.until("all have heard", SOON, () -> heard.size() == 3);
    assertEquals(Set.of(a.id(), b.id(), c.id()), Set.copyOf(heard));
  }

  @Test
  void aConsumerThatIsGoneIsGoneForAll() {
    MessageConsumer<String> consumer = a.answer("x", "from a");
    assertEquals("from a", b.ask("x"));
    await(consumer.unregister());
    for (BusMember member : List.of(a, b, c)) {
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> member.ask("x"));
      assertTrue(e.getMessage().contains("NO_HANDLERS"), e.getMessage());
    }
  }

  @Test
  void aLocalConsumerHearsItsOwnMemberOnly() {
    await(
        a.vertx()
            .eventBus()
            .<String>localConsumer("x", message -> message.reply("mine"))
            .completion());
    assertEquals("mine", a.ask("x"));
    assertThrows(IllegalStateException.class, () -> b.ask("x"));
  }

  @Test
  void aNewcomerReachesAndIsReachedAtOnce() {
    a.answer("x", "from a");
    BusMember d = herd.member();
    assertEquals("from a", d.ask("x"));
    d.answer("y", "from d");
    assertEquals("from d", c.ask("y"));
  }

  @Test
  void aKilledMemberIsAskedNoMore() {
    a.answer("x", "from a");
    b.answer("x", "from b");
    herd.groups().kill(a.group());
    Await.until("a is gone", SOON, () -> !c.manager().getNodes().contains(a.id()));
    for (int i = 0; i < 6; i++) {
      assertEquals("from b", c.ask("x"));
    }
  }

  @Test
  void aMemberThatLeavesIsAskedNoMore() {
    a.answer("x", "from a");
    b.answer("x", "from b");
    await(a.vertx().close());
    assertFalse(c.manager().getNodes().contains(a.id()));
    for (int i = 0; i < 6; i++) {
      assertEquals("from b", c.ask("x"));
    }
  }

  @Test
  void aSplitPartsAndAHealJoinsAgain() {
    a.answer("x", "from a");
    c.answer("y", "from c");
    c.answer("z", "from c");
    for (int round = 0; round < 3; round++) {
      herd.groups().split(c.group());
      Await.until("a sees b", SOON, () -> a.manager().getNodes().size() == 2);
      Await.until("c is alone", SOON, () -> c.manager().getNodes().size() == 1);
      assertThrows(IllegalStateException.class, () -> c.ask("x"));
      assertThrows(IllegalStateException.class, () -> b.ask("y"));
      assertEquals("from a", b.ask("x"));
      assertEquals("from c", c.ask("y"));
      c.answer("new" + round, "from c");
      herd.groups().heal();
      Await.until("c reaches a", SOON, () -> c.isAnswered("x", "from a"));
      for (BusMember member : List.of(a, b)) {
        for (String address : List.of("y", "z", "new" + round)) {
          Await.until(address + " answers", SOON, () -> member.isAnswered(address, "from c"));
        }
      }
    }
  }

  @Test
  void aThousandConsumersAreKnownWithinSeconds() {
    long start = System.nanoTime();
    List<Future<?>> completions = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String address = "%064x".formatted(i);
      completions.add(
          a.vertx()
              .eventBus()
              .<String>consumer(address, message -> message.reply(address))
              .completion());
    }
    await(Future.all(completions));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis < 20_000, millis + " ms");
    IntStream.of(0, 500, 999)
        .mapToObj("%064x"::formatted)
        .forEach(address -> assertEquals(address, c.ask(address)));
  }

  @Test
  void mapsLocksAndCountersAreRefusedWithAReason() {
    Future<?> map = a.vertx().sharedData().getClusterWideMap("m");
    Await.until("refused", SOON, map::isComplete);
    assertTrue(map.cause().getMessage().contains("event bus only"), map.cause().getMessage());
    Future<?> lock = a.vertx().sharedData().getLock("l");
    Await.until("refused", SOON, lock::isComplete);
    assertTrue(lock.cause() instanceof UnsupportedOperationException, lock.cause().getMessage());
  }
}

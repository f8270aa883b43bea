package io.dockherd.herd.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What members know of each other when messages are lost that should not be. */
class RollTest {
  private static final BusPace FAST = new BusPace(Duration.ofMillis(200), Duration.ofMillis(1));

  /** Members whose messages are carried by hand, in order, or lost. */
  private static final class Net {
    private final Map<PeerId, Roll> rolls = new TreeMap<>();
    private final Queue<Runnable> mail = new ArrayDeque<>();
    private final Random random;
    private double loss;

    private Net(long seed) {
      random = new Random(seed);
    }

    private Roll join(String name) {
      PeerId self = new PeerId(name);
      Roll roll = new Roll(self, FAST, new Listeners());
      rolls.put(self, roll);
      roll.open(new NodeInfo("127.0.0.1", 1 + rolls.size(), null), () -> {});
      view(Set.of(self));
      return roll;
    }

    private void view(Set<PeerId> joined) {
      List<PeerId> all = List.copyOf(rolls.keySet());
      rolls
          .values()
          .forEach(r -> r.onView(new View(1, all, List.copyOf(joined), List.of(), false)));
    }

    /** Lets everybody say what they have to say, and hear it, a few times over. */
    private void talk(int rounds) throws InterruptedException {
      for (int i = 0; i < rounds; i++) {
        for (Map.Entry<PeerId, Roll> speaker : rolls.entrySet()) {
          Channel channel = new HandCarried(speaker.getKey());
          speaker.getValue().awaitLetters().forEach(letter -> letter.accept(channel));
        }
        while (!mail.isEmpty()) {
          mail.poll().run();
        }
      }
    }

    private final class HandCarried implements Channel {
      private final PeerId from;

      private HandCarried(PeerId from) {
        this.from = from;
      }

      @Override
      public void broadcast(byte[] message) {
        rolls.keySet().stream().filter(to -> !to.equals(from)).forEach(to -> tell(to, message));
      }

      @Override
      public void tell(PeerId to, byte[] message) {
        if (random.nextDouble() >= loss) {
          mail.add(() -> rolls.get(to).onWord(from, Word.of(message).orElseThrow()));
        }
      }

      @Override
      public byte[] ask(PeerId to, byte[] question, Duration limit) {
        throw new UnsupportedOperationException();
      }
    }
  }

  private static RegistrationInfo registration(PeerId owner, long number) {
    return new RegistrationInfo(owner.value(), number, false);
  }

  @Test
  void whateverIsLostAllKnowTheSameInTheEnd() throws InterruptedException {
    for (long seed = 0; seed < 60; seed++) {
      Net net = new Net(seed);
      List.of("a", "b", "c").forEach(net::join);
      net.loss = 0.3;
      Random random = new Random(seed);
      Map<PeerId, Set<String>> truth = new TreeMap<>();
      for (int step = 0; step < 120; step++) {
        PeerId owner = new PeerId(String.valueOf("abc".charAt(random.nextInt(3))));
        String address = "x" + random.nextInt(8);
        Set<String> his = truth.computeIfAbsent(owner, any -> new TreeSet<>());
        if (his.remove(address)) {
          net.rolls.get(owner).remove(address, registration(owner, 1), () -> {});
        } else {
          his.add(address);
          net.rolls.get(owner).add(address, registration(owner, 1), () -> {});
        }
        if (random.nextInt(3) == 0) {
          net.talk(1);
        }
      }
      net.loss = 0;
      // A quick round may be over before the next digest is due; those after it wait for one.
      net.talk(20);
      for (Roll roll : net.rolls.values()) {
        for (int i = 0; i < 8; i++) {
          String address = "x" + i;
          Set<String> owners = new HashSet<>();
          roll.at(address).forEach(found -> owners.add(found.nodeId()));
          Set<String> expected = new HashSet<>();
          truth.forEach(
              (o, his) -> {
                if (his.contains(address)) {
                  expected.add(o.value());
                }
              });
          assertEquals(expected, owners, "seed " + seed + ", address " + address);
        }
      }
    }
  }

  @Test
  void aRegistrationIsCompleteOnlyWhenAllKnowIt() throws InterruptedException {
    Net net = new Net(0);
    Roll a = net.join("a");
    Roll b = net.join("b");
    net.talk(4);
    AtomicInteger done = new AtomicInteger();
    a.add(
        "x",
        registration(new PeerId("a"), 1),
        () -> {
          assertEquals(1, b.at("x").size());
          done.incrementAndGet();
        });
    assertEquals(0, done.get());
    net.talk(2);
    assertEquals(1, done.get());
  }

  @Test
  void aMemberThatNeverAnswersHoldsNobodyUpForLong() throws InterruptedException {
    Net net = new Net(0);
    Roll a = net.join("a");
    net.join("b");
    net.talk(4);
    net.loss = 1;
    AtomicInteger done = new AtomicInteger();
    a.add("x", registration(new PeerId("a"), 1), done::incrementAndGet);
    long start = System.nanoTime();
    while (done.get() == 0 && System.nanoTime() - start < 60_000_000_000L) {
      a.awaitLetters();
    }
    assertEquals(1, done.get());
    assertTrue(System.nanoTime() - start >= FAST.patience().toNanos());
  }

  @Test
  void aGhostIsNotListenedTo() {
    Net net = new Net(0);
    Roll a = net.join("a");
    Subscriptions ghostly = new Subscriptions();
    ghostly.add("x", 1);
    a.onWord(new PeerId("ghost"), new Word.Whole(1, new NodeInfo("127.0.0.1", 9, null), ghostly));
    assertEquals(List.of(), a.at("x"));
    assertEquals(List.of("a"), a.onBus());
  }

  @Test
  void whoLeavesTakesEverythingWithIt() throws InterruptedException {
    Net net = new Net(0);
    Roll a = net.join("a");
    Roll b = net.join("b");
    b.add("x", registration(new PeerId("b"), 1), () -> {});
    net.talk(4);
    assertEquals(1, a.at("x").size());
    a.onView(new View(2, List.of(new PeerId("a")), List.of(), List.of(new PeerId("b")), false));
    assertEquals(List.of(), a.at("x"));
    assertFalse(a.onBus().contains("b"));
  }

  @Test
  void manyRegistrationsInARowAreOneMessage() throws InterruptedException {
    Net net = new Net(0);
    Roll a = net.join("a");
    net.join("b");
    net.talk(4);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      a.add("x" + i, registration(new PeerId("a"), i), () -> {});
    }
    sizes.add(a.awaitLetters().size());
    assertTrue(sizes.getFirst() <= 3, sizes + " messages");
  }

  @Test
  void whatIsWrittenIsReadTheSame() {
    Subscriptions some = new Subscriptions();
    some.add("x", 1);
    some.add("x", 7);
    some.add("äöü \" \\", Long.MAX_VALUE);
    Word.Whole whole = new Word.Whole(3, new NodeInfo("h", 1, null), some);
    Word.Whole read = (Word.Whole) Word.of(whole.toBytes()).orElseThrow();
    assertEquals(whole.node(), read.node());
    assertEquals(some.digest(), read.subscriptions().digest());
    assertTrue(Word.of("{\"word\":\"of a later version\"}".getBytes()).isEmpty());
  }
}

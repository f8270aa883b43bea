package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.records.RecordsHerd.Node;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Whatever happens to the nodes and between them, in the end all hold the same. */
class RecordsConvergenceTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int KEYS = 6;

  private record Answered(String key, Version version) {}

  @Test
  void allAreAlikeAfterSplitsKillsAndHealsAndNoAnsweredWriteIsForgotten() throws Exception {
    for (int round = 0; round < 25; round++) {
      long seed = System.nanoTime();
      try (RecordsHerd herd = new RecordsHerd(Duration.ofMillis(100))) {
        new Ordeal(herd, seed).run();
      }
    }
  }

  @RepeatedTest(3)
  void comparedAndSetWritesNeverOverlapWhileNodesComeAndGo() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RecordsHerd herd = new RecordsHerd(Duration.ofMillis(100))) {
      List.of("a", "b", "c").forEach(herd::join);
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger unknown = new AtomicInteger();
      List<Thread> counting = new ArrayList<>();
      for (Node node : List.copyOf(herd.nodes)) {
        counting.add(Thread.startVirtualThread(() -> count(node.records(), 60, answered, unknown)));
      }
      Map<String, MemoryStore> disks = new HashMap<>();
      for (int i = 0; counting.stream().anyMatch(Thread::isAlive); i++) {
        String name = "n" + random.nextInt(6);
        if (herd.nodes.stream().anyMatch(node -> node.name().equals(name))) {
          disks.put(name, herd.kill(herd.named(name)));
        } else {
          herd.join(name, disks.getOrDefault(name, new MemoryStore()));
        }
        pause(random, 20);
      }
      Await.until("alike, seed " + seed, LIMIT, herd::isAlike);
      int count = herd.named("a").records().get("counter").orElseThrow().value().getInteger("n");
      assertTrue(
          count >= answered.get() && count <= answered.get() + unknown.get(),
          count + " counted, " + answered + " answered, " + unknown + " unknown, seed " + seed);
      assertEquals(180, answered.get() + unknown.get());
    }
  }

  /** Adds one so many times, each time only if nobody else did meanwhile. */
  private static void count(
      Records records, int times, AtomicInteger answered, AtomicInteger unknown) {
    for (int done = 0; done < times; ) {
      var now = records.get("counter");
      Version expected = now.map(Record::version).orElse(Version.NONE);
      int n = now.map(record -> record.value().getInteger("n")).orElse(0);
      try {
        records.put("counter", new JsonObject().put("n", n + 1), expected, LIMIT);
        answered.incrementAndGet();
        done++;
      } catch (Conflict e) {
        // Somebody else was faster; what was written will be here in a moment.
        Thread.onSpinWait();
      } catch (TimedOut e) {
        unknown.incrementAndGet();
        done++;
      }
    }
  }

  /** Not to wait for something, but so that things happen at moments that differ. */
  private static void pause(Random random, int mostMillis) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(mostMillis)).toNanos());
  }

  /** One herd's bad day. */
  private static final class Ordeal {
    private final RecordsHerd herd;
    private final long seed;
    private final Random random;
    private final Map<String, MemoryStore> disks = new HashMap<>();
    private final ConcurrentLinkedQueue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final Map<Node, List<Thread>> writers = new HashMap<>();
    private int number;

    private Ordeal(RecordsHerd herd, long seed) {
      this.herd = herd;
      this.seed = seed;
      this.random = new Random(seed);
    }

    private void run() throws InterruptedException {
      List.of("a", "b", "c", "d").forEach(herd::join);
      for (int step = 0; step < 60; step++) {
        switch (random.nextInt(10)) {
          case 0 -> herd.network.split(some());
          case 1 -> herd.network.heal();
          case 2 -> kill();
          case 3 -> revive();
          default -> write();
        }
        if (random.nextInt(3) == 0) {
          pause(random, 15);
        }
      }
      herd.network.heal();
      while (!disks.isEmpty()) {
        revive();
      }
      for (Thread writer : writers.values().stream().flatMap(List::stream).toList()) {
        writer.join();
      }
      Await.until("all alike, seed " + seed, LIMIT, herd::isAlike);
      Map<String, Lineage> held = herd.nodes.getFirst().records().held();
      for (Answered write : answered) {
        assertTrue(
            isKnown(held.getOrDefault(write.key(), Lineage.EMPTY), write.version()),
            write + " is in none of " + held.get(write.key()) + ", seed " + seed);
      }
      assertEquals(
          answered.size(), answered.stream().distinct().count(), "versions unique, seed " + seed);
    }

    /** Whether it is there, or was overwritten by someone who knew it. */
    private static boolean isKnown(Lineage lineage, Version version) {
      return lineage.revisions().stream()
          .anyMatch(
              revision -> revision.seen().getOrDefault(version.node(), 0L) >= version.counter());
    }

    private void write() {
      Node node = herd.nodes.get(random.nextInt(herd.nodes.size()));
      Records records = node.records();
      String key = "k" + random.nextInt(KEYS);
      boolean delete = random.nextInt(5) == 0;
      JsonObject value = new JsonObject().put("n", number++);
      writers
          .computeIfAbsent(node, any -> new ArrayList<>())
          .add(
              Thread.startVirtualThread(
                  () -> {
                    try {
                      if (delete) {
                        records.delete(key, LIMIT);
                      } else {
                        answered.add(new Answered(key, records.put(key, value, LIMIT).version()));
                      }
                    } catch (TimedOut | Refused e) {
                      // Its node was killed meanwhile: nobody waits for the answer.
                      Thread.onSpinWait();
                    }
                  }));
    }

    private void kill() {
      if (herd.nodes.size() > 2) {
        Node victim = herd.nodes.get(random.nextInt(herd.nodes.size()));
        disks.put(victim.name(), herd.kill(victim));
        writers.getOrDefault(victim, List.of()).forEach(Thread::interrupt);
      }
    }

    private void revive() {
      disks.keySet().stream().findFirst().ifPresent(name -> herd.join(name, disks.remove(name)));
    }

    private Group[] some() {
      return herd.nodes.stream()
          .filter(node -> random.nextBoolean())
          .map(Node::group)
          .toArray(Group[]::new);
    }
  }
}

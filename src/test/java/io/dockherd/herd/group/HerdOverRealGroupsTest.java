package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.PresentMembers;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.RecordStore;
import io.dockherd.herd.records.ReplicatedRecords;
import io.dockherd.herd.records.Version;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members, facts and records as nodes have them, over real groups and on real disks, while nodes
 * come, leave and die. One dies at a time: what was answered survives that.
 */
class HerdOverRealGroupsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<String> KEYS = List.of("k1", "k2", "k3");
  private static final List<String> STEADY = List.of("steady-1", "steady-2");
  private static final List<String> OTHERS = List.of("n1", "n2", "n3");
  private static final int STEPS = 10;

  @TempDir private Path disks;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Loopback net = new Loopback();
  private final Map<String, Node> nodes = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> answered = counters();
  private final Map<String, AtomicInteger> unknown = counters();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  private record Node(
      String name,
      Loopback.Peer peer,
      PresentMembers members,
      ReplicatedFacts facts,
      RecordStore store,
      ReplicatedRecords records) {}

  @AfterEach
  void close() {
    over.set(true);
    List.copyOf(nodes.values()).forEach(this::crash);
    net.close();
    timer.shutdownNow();
  }

  @Test
  void allAreAlikeInTheEndAndNoAnsweredWriteIsLost() throws InterruptedException {
    STEADY.forEach(this::join);
    net.awaitAllPresent(LIMIT);
    List<Thread> busy = new ArrayList<>();
    for (String name : STEADY) {
      busy.add(Thread.startVirtualThread(() -> countOnAndOn(nodes.get(name))));
    }
    for (int step = 0; step < STEPS; step++) {
      String name = OTHERS.get(random.nextInt(OTHERS.size()));
      Node node = nodes.get(name);
      if (node == null) {
        join(name);
      } else if (random.nextBoolean()) {
        leave(node);
      } else {
        crash(node);
      }
      net.awaitAllPresent(LIMIT);
      nodes.values().forEach(this::tellSomething);
      // Now whoever looks after a key knows all of it, and two have the last of it.
      KEYS.forEach(key -> addOne(nodes.get(STEADY.getFirst()), key));
    }
    over.set(true);
    for (Thread thread : busy) {
      thread.join();
    }
    OTHERS.stream().filter(name -> !nodes.containsKey(name)).forEach(this::join);
    net.awaitAllPresent(LIMIT);
    Await.until("records alike, seed " + seed, LIMIT, () -> isAlike(this::recordsOf));
    Await.until("facts alike, seed " + seed, LIMIT, () -> isAlike(this::factsOf));
    for (String key : KEYS) {
      int counted = recordsOf(nodes.get("n1")).get(key).getFirst().value().getInteger("n");
      int sure = answered.get(key).get();
      int most = sure + unknown.get(key).get();
      assertTrue(
          counted >= sure && counted <= most,
          key + ": " + counted + " counted, answered " + sure + " to " + most + ", seed " + seed);
    }
  }

  private void join(String name) {
    Loopback.Peer peer = net.prepare(Optional.empty());
    Member self =
        new Member(
            peer.group.self(),
            Member.Kind.NODE,
            name,
            "127.0.0.1",
            0,
            0,
            0,
            "test",
            new JsonObject());
    PresentMembers members =
        new PresentMembers(peer.group, self, Duration.ofSeconds(20), conflict -> {});
    Duration digests = Duration.ofSeconds(1);
    ReplicatedFacts facts = new ReplicatedFacts(peer.group, members, timer, digests);
    RecordStore store = RecordStore.open(disks.resolve(name));
    ReplicatedRecords records =
        new ReplicatedRecords(peer.group, members, store, timer, InstantSource.system(), digests);
    Node node = new Node(name, peer, members, facts, store, records);
    net.enter(peer);
    members.awaitAdmission(LIMIT);
    nodes.put(name, node);
  }

  private void leave(Node node) {
    nodes.remove(node.name());
    node.members().close();
    closeFactsAndRecords(node);
    net.leave(node.peer());
    node.store().close();
  }

  private void crash(Node node) {
    nodes.remove(node.name());
    net.crash(node.peer());
    node.store().close();
    closeFactsAndRecords(node);
  }

  private static void closeFactsAndRecords(Node node) {
    node.facts().close();
    node.records().close();
  }

  private void tellSomething(Node node) {
    for (int i = 0; i < 20; i++) {
      String id = "c" + random.nextInt(10);
      if (random.nextInt(3) == 0) {
        node.facts().retract("container", id);
      } else {
        node.facts().tell("container", id, Buffer.buffer("{\"n\":" + random.nextInt() + "}"));
      }
    }
  }

  private void countOnAndOn(Node node) {
    for (int i = 0; !over.get(); i++) {
      addOne(node, KEYS.get(i % KEYS.size()));
    }
  }

  /** Adds one to the key's number, if nobody else does meanwhile: then again. */
  private void addOne(Node node, String key) {
    while (true) {
      Optional<Record> now = node.records().get(key);
      int n = now.map(record -> record.value().getInteger("n")).orElse(0);
      Version expected = now.map(Record::version).orElse(Version.NONE);
      try {
        node.records().put(key, new JsonObject().put("n", n + 1), expected, LIMIT);
        answered.get(key).incrementAndGet();
        return;
      } catch (Conflict e) {
        // What the other has written will be here in a moment.
        Thread.onSpinWait();
      } catch (Failure e) {
        unknown.get(key).incrementAndGet();
        return;
      }
    }
  }

  private <T> boolean isAlike(Function<Node, T> what) {
    return nodes.values().stream().map(what).distinct().count() == 1;
  }

  private Map<String, List<Record>> recordsOf(Node node) {
    Map<String, List<Record>> all = new TreeMap<>();
    node.records().under("").forEach(r -> all.put(r.key(), node.records().history(r.key())));
    return all;
  }

  /** Its own among them: so all hold what each says of itself. */
  private Collection<Fact> factsOf(Node node) {
    return node.facts().of("container");
  }

  private static Map<String, AtomicInteger> counters() {
    Map<String, AtomicInteger> counters = new ConcurrentHashMap<>();
    KEYS.forEach(key -> counters.put(key, new AtomicInteger()));
    return counters;
  }
}

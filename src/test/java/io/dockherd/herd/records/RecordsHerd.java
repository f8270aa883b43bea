package io.dockherd.herd.records;

import io.dockherd.Await;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.InMemoryMembers.Directory;
import io.dockherd.herd.members.Member.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Nodes that hold records, in one process. */
final class RecordsHerd implements AutoCloseable {
  final InMemoryGroups network = new InMemoryGroups();
  final List<Node> nodes = new ArrayList<>();
  private final Directory directory = new Directory();
  private final Duration digestEvery;
  private volatile Duration passed = Duration.ZERO;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  RecordsHerd(Duration digestEvery) {
    this.digestEvery = digestEvery;
  }

  /** One process. */
  record Node(String name, Group group, MemoryStore store, ReplicatedRecords records) {}

  Node join(String name) {
    return join(name, new MemoryStore());
  }

  Node join(String name, MemoryStore store) {
    return join(name, store, Duration.ZERO);
  }

  /** A new node that has joined, on a given disk, with a clock that is ahead. */
  Node join(String name, MemoryStore store, Duration ahead) {
    Group group = network.newPeer();
    InMemoryMembers members = new InMemoryMembers(group, directory, Kind.NODE, name);
    InstantSource clock = () -> Instant.now().plus(passed).plus(ahead);
    ReplicatedRecords records =
        new ReplicatedRecords(group, members, store, timer, clock, digestEvery);
    Node node = new Node(name, group, store, records);
    nodes.add(node);
    group.join();
    return node;
  }

  /** All clocks go forward. */
  void passes(Duration time) {
    passed = passed.plus(time);
  }

  /** By clocks that are right. */
  long now() {
    return Instant.now().plus(passed).toEpochMilli();
  }

  /** The node has said good-bye and gone; its disk. */
  MemoryStore leave(Node node) {
    directory.leavesOrderly(node.group().self());
    return kill(node);
  }

  /** The node's process is gone; its disk. */
  MemoryStore kill(Node node) {
    network.kill(node.group());
    MemoryStore disk = node.store().afterKill();
    nodes.remove(node);
    node.records().close();
    return disk;
  }

  Node named(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
  }

  /** The node that looks after the key, once all agree on it. */
  Node steward(String key) {
    Await.until(
        "all agree on the steward",
        Duration.ofSeconds(30),
        () ->
            nodes.stream().map(node -> node.records().steward(key)).distinct().count() == 1
                && nodes.getFirst().records().steward(key).isPresent()
                && nodes.stream()
                    .anyMatch(
                        node ->
                            node.name()
                                .equals(nodes.getFirst().records().steward(key).orElseThrow())));
    return named(nodes.getFirst().records().steward(key).orElseThrow());
  }

  /** Whether all hold the same, history included. */
  boolean isAlike() {
    return nodes.stream().map(node -> node.records().held()).distinct().count() == 1;
  }

  @Override
  public void close() {
    List.copyOf(nodes).forEach(this::kill);
    timer.shutdownNow();
    network.close();
  }
}

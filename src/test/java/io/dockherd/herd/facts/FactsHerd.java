package io.dockherd.herd.facts;

import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.InMemoryMembers.Directory;
import io.dockherd.herd.members.Member.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Nodes that hold facts, in one process. */
final class FactsHerd implements AutoCloseable {
  final InMemoryGroups network = new InMemoryGroups();
  final Directory directory = new Directory();
  final List<Node> nodes = new ArrayList<>();
  private final Duration digestEvery;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  FactsHerd(Duration digestEvery) {
    this.digestEvery = digestEvery;
  }

  /** One process. */
  record Node(String name, Group group, InMemoryMembers members, ReplicatedFacts facts) {}

  /** A new node that has joined. */
  Node join(String name) {
    Node node = prepare(name);
    node.group().join();
    return node;
  }

  /** A new node that has not joined yet. */
  Node prepare(String name) {
    Group group = network.newPeer();
    InMemoryMembers members = new InMemoryMembers(group, directory, Kind.NODE, name);
    Node node =
        new Node(name, group, members, new ReplicatedFacts(group, members, timer, digestEvery));
    nodes.add(node);
    return node;
  }

  /** A process that knows nothing of facts has joined. */
  Group join(String name, Kind kind) {
    Group group = network.newPeer();
    new InMemoryMembers(group, directory, kind, name);
    group.join();
    return group;
  }

  /** The node's process is gone. */
  void kill(Node node) {
    network.kill(node.group());
    nodes.remove(node);
    node.facts().close();
  }

  /** The node says goodbye. */
  void leave(Node node) {
    directory.leavesOrderly(node.group().self());
    kill(node);
  }

  /** Whether all see the same facts of that kind, each owner's own the measure. */
  boolean isAlike(String kind) {
    List<Fact> truth =
        nodes.stream()
            .sorted(Comparator.comparing(Node::name))
            .flatMap(node -> node.facts().of(kind, node.name()).stream())
            .toList();
    return nodes.stream().allMatch(node -> node.facts().of(kind).equals(truth));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    List.copyOf(nodes).forEach(this::kill);
    network.close();
  }
}

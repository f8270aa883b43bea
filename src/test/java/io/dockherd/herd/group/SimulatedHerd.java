package io.dockherd.herd.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Peers that suspect each other and make views, without a network or a clock: in each beat all that
 * are not frozen beat, in a random order, and what they send arrives at once or is lost.
 */
final class SimulatedHerd {
  private final class Peer {
    final String name;
    final Suspicions<String> suspicions;
    List<String> view;
    long number;

    Peer(String name) {
      this.name = name;
      suspicions = new Suspicions<>(name, limits);
    }

    void install(List<String> next, long nextNumber) {
      view = next;
      number = nextNumber;
      suspicions.install(next, nextNumber);
    }
  }

  private final Suspicions.Limits limits;
  private final Random random;
  private final Map<String, Peer> peers = new TreeMap<>();
  private final Set<String> muted = new HashSet<>();
  private final Set<String> frozen = new HashSet<>();
  private final Map<String, Suspicions.Parting<String>> concluded = new HashMap<>();
  private boolean isChatting;

  SimulatedHerd(Suspicions.Limits limits, String oldestFirst, Random random) {
    this.limits = limits;
    this.random = random;
    List<String> all = CliquesTest.letters(oldestFirst);
    all.forEach(name -> peers.put(name, new Peer(name)));
    peers.values().forEach(peer -> peer.install(all, 1));
  }

  /** Each word is a sender and a receiver; nothing arrives from the one at the other any more. */
  void mute(String words) {
    muted.addAll(List.of(words.split(" ")));
  }

  /** From now on all that take each other for present exchange messages. */
  void chat() {
    isChatting = true;
  }

  void heal() {
    muted.clear();
  }

  /** Neither beats nor answers any more. */
  void freeze(String name) {
    frozen.add(name);
  }

  /** Whether the two hear each other. */
  boolean isWhole(String one, String other) {
    return passes(one, other) && passes(other, one);
  }

  /** As {@code AC B}: the views of those that live, each once. */
  String views() {
    Set<String> views = new HashSet<>();
    peers.values().stream()
        .filter(peer -> !frozen.contains(peer.name))
        .forEach(peer -> views.add(String.join("", peer.view)));
    return String.join(" ", views.stream().sorted().toList());
  }

  String viewOf(String name) {
    return String.join("", peers.get(name).view);
  }

  /** What that peer has last concluded. */
  Suspicions.Parting<String> concludedBy(String name) {
    return concluded.get(name);
  }

  /** Goes on until the views are these. */
  int beatsUntil(String views, int limit) {
    for (int beats = 0; beats <= limit; beats++) {
      if (views().equals(views)) {
        return beats;
      }
      beat();
    }
    throw new AssertionError("still " + views() + " after " + limit + " beats, not " + views);
  }

  void beats(int count) {
    for (int i = 0; i < count; i++) {
      beat();
    }
  }

  void beat() {
    List<Peer> order = new ArrayList<>(peers.values());
    order.removeIf(peer -> frozen.contains(peer.name));
    Collections.shuffle(order, random);
    order.forEach(this::beat);
    order.forEach(this::remind);
    if (isChatting) {
      order.forEach(this::chat);
    }
  }

  /** Whom it takes to be present it sends to, and that acknowledges, present or not. */
  private void chat(Peer peer) {
    peer.view.stream()
        .filter(other -> !other.equals(peer.name) && isWhole(peer.name, other))
        .forEach(peer.suspicions::heard);
  }

  /** Whoever has missed the view of its oldest gets one anew, as the library and its gate do it. */
  private void remind(Peer oldest) {
    if (!oldest.view.getFirst().equals(oldest.name) || random.nextInt(4) > 0) {
      return;
    }
    List<Peer> reached =
        oldest.view.stream()
            .filter(name -> name.equals(oldest.name) || isWhole(oldest.name, name))
            .map(peers::get)
            .toList();
    boolean isMissed =
        reached.stream()
            .anyMatch(peer -> peer.number <= oldest.number && !peer.view.equals(oldest.view));
    if (isMissed) {
      List<String> view = oldest.view;
      long number = oldest.number + 1;
      reached.stream()
          .filter(peer -> peer.number < number)
          .forEach(peer -> peer.install(view, number));
    }
  }

  private void beat(Peer peer) {
    Suspicions.Beat<String> beat = peer.suspicions.beat();
    for (String other : peer.view) {
      if (!other.equals(peer.name) && passes(peer.name, other)) {
        told(peers.get(other), peer, beat.report());
      }
    }
    ask(peer, beat.asked());
    beat.parting().ifPresent(parting -> part(peer, parting));
  }

  private void told(Peer peer, Peer by, Suspicions.Report<String> report) {
    peer.suspicions.heard(by.name);
    ask(peer, peer.suspicions.report(by.name, report));
    if (!peer.view.contains(by.name) && passes(peer.name, by.name)) {
      by.suspicions.departed(peer.name, peer.number);
    }
  }

  private void ask(Peer asker, Set<String> others) {
    others.stream()
        .filter(other -> isWhole(asker.name, other))
        .forEach(other -> answered(asker, peers.get(other)));
  }

  private void answered(Peer asker, Peer other) {
    asker.suspicions.heard(other.name);
    if (!other.view.contains(asker.name)) {
      asker.suspicions.departed(other.name, other.number);
    }
  }

  private void part(Peer peer, Suspicions.Parting<String> parting) {
    concluded.put(peer.name, parting);
    List<String> part = parting.with(peer.name);
    if (!part.getFirst().equals(peer.name)) {
      return;
    }
    List<String> before = peer.view;
    long number = peer.number + 1;
    peer.install(part, number);
    for (String other : part) {
      Peer follower = peers.get(other);
      if (isWhole(peer.name, other) && follower.number < number) {
        follower.install(part, number);
      }
    }
    // Its end of the connections is cut, which those at the other end see if it reaches them.
    before.stream()
        .filter(other -> !part.contains(other) && isWhole(peer.name, other))
        .forEach(other -> peers.get(other).suspicions.doubt(peer.name));
  }

  private boolean passes(String from, String to) {
    return !muted.contains(from + to) && !frozen.contains(from) && !frozen.contains(to);
  }
}

package io.dockherd.fleet;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.dockherd.scheduling.Scheduler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives out places for containers, one decision at a time, each counted before the next: so that
 * calls that come at once are spread as evenly as those that come one by one. What is on its way is
 * told as a fact, {@code placing}: <code>{"host-1":["3f0c…"],"host-3":["99ab…","07d1…"]}</code>,
 * the marks of the create calls; for the other nodes give out places as well, and would otherwise
 * all take the same one for the emptiest.
 */
final class Places {
  /**
   * How long a container that was made is counted when facts don't show it: they should at once.
   */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

  private static final String PLACING = "placing";

  private final Members members;
  private final Facts facts;
  private final LoadBoard board;
  private final ContainerIndex index;
  private final Scheduler plain;
  private final Scheduler demanding;
  private final Reservations reservations = new Reservations();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param plain places what is only spread
   * @param demanding places by all that is asked for
   */
  Places(
      Members members,
      Facts facts,
      LoadBoard board,
      ContainerIndex index,
      Scheduler plain,
      Scheduler demanding) {
    this.members = members;
    this.facts = facts;
    this.board = board;
    this.index = index;
    this.plain = plain;
    this.demanding = demanding;
  }

  /**
   * A place for each of those create calls, as far as there are any; reserved.
   *
   * @param demand the order's, and where it is not to go any more
   */
  Placement take(Order order, Demand demand, List<String> creations) {
    lock.lock();
    try {
      Scheduler scheduler = order.order().demand().isPresent() ? demanding : plain;
      Placement placement = scheduler.place(demand, creations.size(), loads());
      for (int i = 0; i < placement.nodes().size(); i++) {
        reservations.reserve(creations.get(i), placement.nodes().get(i), order.newcomer());
      }
      tell();
      return placement;
    } finally {
      lock.unlock();
    }
  }

  /** All nodes that may take it, the best first; nothing is reserved. */
  Placement rank(Demand demand) {
    return demanding.rank(demand, loads());
  }

  /** What each present node carries, and what is on its way to it. */
  List<NodeLoad> loads() {
    lock.lock();
    try {
      Map<String, Set<String>> elsewhere = elsewhere();
      return members.nodes().stream()
          .map(member -> load(member, elsewhere.getOrDefault(member.name(), Set.of())))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** A place was chosen by somebody else: it counts all the same. */
  void take(Order order, String creation, String node) {
    lock.lock();
    try {
      reservations.reserve(creation, node, order.newcomer());
      tell();
    } finally {
      lock.unlock();
    }
  }

  /** What came of a create call. */
  void settle(String creation, Creation outcome) {
    lock.lock();
    try {
      if (outcome instanceof Creation.Created) {
        reservations.made(creation, System.nanoTime() + SHOWN_WITHIN.toNanos());
      } else {
        reservations.release(creation);
      }
      tell();
    } finally {
      lock.unlock();
    }
  }

  private NodeLoad load(Member member, Set<String> elsewhere) {
    // One reading for both: what comes between two would be counted twice or not at all.
    ContainerIndex.Page page = index.of(member.name());
    Set<String> shown = page.creations();
    long others = elsewhere.stream().filter(creation -> !shown.contains(creation)).count();
    Set<String> own = reservations.pending(member.name(), shown, System.nanoTime());
    return board
        .load(member, page)
        .withPending(own.size() + (int) others, reservations.tenants(own));
  }

  /** The create calls the other nodes have under way, by the node they go to. */
  private Map<String, Set<String>> elsewhere() {
    String self = members.self().name();
    Map<String, Set<String>> all = new HashMap<>();
    for (Fact fact : facts.of(PLACING)) {
      if (!fact.owner().equals(self)) {
        for (Map.Entry<String, Object> placing : fact.json()) {
          Set<String> creations = all.computeIfAbsent(placing.getKey(), node -> new HashSet<>());
          if (placing.getValue() instanceof JsonArray marks) {
            marks.forEach(creation -> creations.add(String.valueOf(creation)));
          }
        }
      }
    }
    return all;
  }

  private void tell() {
    JsonObject placing = new JsonObject();
    for (String node : new TreeSet<>(reservations.nodes())) {
      Set<String> pending =
          reservations.pending(node, index.of(node).creations(), System.nanoTime());
      if (!pending.isEmpty()) {
        placing.put(node, new JsonArray(List.copyOf(pending)));
      }
    }
    facts.tell(PLACING, FactKind.ONLY, placing.toBuffer());
  }
}

package io.dockherd.apps.planning;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.PlacementRules;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Gives out places for instances of one app, each counted before the next, and remembers why nodes
 * can't take one.
 */
final class Placing {
  private final Scheduler scheduler;
  private final Map<String, String> refusals;
  private final List<NodeLoad> loads;

  /** As they were: what a node says of itself stays. */
  private final Map<String, NodeLoad> byName = new HashMap<>();

  /** Revision → node → how many. */
  private final Map<RevisionId, Map<String, Integer>> counted = new HashMap<>();

  /** Node → how many there are to be, of whatever revision. */
  private final Map<String, Integer> together = new HashMap<>();

  private final Set<String> drained;
  private final Map<String, String> reasons = new TreeMap<>();

  /**
   * @param staying those that are to stay: others are spread evenly among them
   * @param outgoing those that count only where constraints are held against their own revision
   * @param onTheirWay those that take room which is not seen on their nodes yet
   */
  Placing(
      Scheduler scheduler,
      Situation situation,
      List<Instance> staying,
      List<Instance> outgoing,
      List<Instance> onTheirWay) {
    this.scheduler = scheduler;
    this.refusals = situation.refusals();
    this.loads = new ArrayList<>(situation.ground().loads());
    loads.forEach(load -> byName.put(load.node(), load));
    this.drained = situation.ground().drained();
    staying.forEach(instance -> count(instance.revision(), instance.node()));
    outgoing.forEach(instance -> countForRevision(instance.revision(), instance.node()));
    for (Instance instance : onTheirWay) {
      Revision revision = situation.revisions().get(instance.revision());
      if (revision != null) {
        occupy(instance.node(), PodDemand.of(revision, instance.id().slot()));
      }
    }
  }

  /** Why those nodes that were asked for could not take one. */
  Map<String, String> reasons() {
    return reasons;
  }

  private void count(RevisionId revision, String node) {
    together.merge(node, 1, Integer::sum);
    countForRevision(revision, node);
  }

  private void countForRevision(RevisionId revision, String node) {
    counted.computeIfAbsent(revision, id -> new HashMap<>()).merge(node, 1, Integer::sum);
  }

  /** How many are on a node, those placed meanwhile included. */
  int on(String node) {
    return together.getOrDefault(node, 0);
  }

  /** One there is to go; as long as it has not, it counts where constraints are held. */
  void leaves(String node) {
    together.merge(node, -1, Integer::sum);
  }

  /**
   * Places an instance.
   *
   * @param allowed why a node is out of the question, beyond what the app itself says; empty when
   *     it is not
   */
  Optional<String> place(
      Revision revision, int slot, Function<NodeLoad, Optional<String>> allowed) {
    Demand demand = PodDemand.of(revision, slot);
    Map<String, String> excluded = excluded(revision, allowed);
    Placement placement = scheduler.rank(demand.without(excluded.keySet()), loads);
    Optional<String> best = best(revision, placement.nodes());
    if (best.isPresent()) {
      count(revision.id(), best.get());
      occupy(best.get(), demand);
    } else {
      reasons.putAll(placement.refused());
      reasons.putAll(excluded);
    }
    return best;
  }

  /** Whether a node could take one if that instance were not there. */
  boolean wouldTake(
      Revision revision, int slot, Instance gone, Function<NodeLoad, Optional<String>> allowed) {
    Set<String> others = new HashSet<>(excluded(revision, allowed).keySet());
    List<NodeLoad> without =
        loads.stream()
            .map(
                load ->
                    load.node().equals(gone.node())
                        ? Forecast.without(load, gone.path(), gone.id())
                        : load)
            .toList();
    loads.stream()
        .map(NodeLoad::node)
        .filter(node -> !node.equals(gone.node()))
        .forEach(others::add);
    Demand demand = PodDemand.of(revision, slot).without(others);
    return !scheduler.rank(demand, without).nodes().isEmpty();
  }

  private Map<String, String> excluded(
      Revision revision, Function<NodeLoad, Optional<String>> allowed) {
    PlacementRules rules = revision.config().placement();
    ConstraintCheck check = new ConstraintCheck(rules.constraints(), loads);
    Map<String, String> excluded = new TreeMap<>();
    for (NodeLoad load : loads) {
      Optional<String> objection =
          Optional.of(load.unavailable())
              .filter(reason -> !reason.isEmpty())
              .or(() -> drained(load.node()))
              .or(() -> allowed.apply(load))
              .or(() -> check.objection(load, counted.getOrDefault(revision.id(), Map.of())))
              .or(() -> tooMany(revision, load.node()))
              .or(() -> Optional.ofNullable(refusals.get(load.node())));
      objection.ifPresent(reason -> excluded.put(load.node(), reason));
    }
    return excluded;
  }

  private Optional<String> drained(String node) {
    return drained.contains(node) ? Optional.of("it is drained") : Optional.empty();
  }

  private Optional<String> tooMany(Revision revision, String node) {
    int most = revision.config().placement().maxPerNode();
    int there = counted.getOrDefault(revision.id(), Map.of()).getOrDefault(node, 0);
    return most > 0 && there >= most
        ? Optional.of("has " + there + " instances, that is the most for a node")
        : Optional.empty();
  }

  /** The scheduler's first, unless others are needed more by where the app's instances are. */
  private Optional<String> best(Revision revision, List<String> ranked) {
    List<String> labels = revision.config().placement().spreadOver();
    Comparator<String> order = Comparator.comparing(node -> 0);
    for (int i = 1; i <= labels.size(); i++) {
      List<String> group = labels.subList(0, i);
      order = order.thenComparing(node -> inGroupOf(node, group));
    }
    if (isEvenly(revision)) {
      order = order.thenComparing(this::on);
    }
    return ranked.stream().min(order);
  }

  /** Whether instances are spread over nodes where nothing is said: not against what is wished. */
  boolean isEvenly(Revision revision) {
    return scheduler.strategy() instanceof Spread
        && PodDemand.of(revision, 1).wishes().stream().allMatch(Rule::breaksTiesOnly);
  }

  /** Whether one that goes from one node to another leaves no label's values less even. */
  boolean isEvenAfter(Revision revision, String from, String to) {
    List<String> labels = revision.config().placement().spreadOver();
    for (int i = 1; i <= labels.size(); i++) {
      List<String> group = labels.subList(0, i);
      if (inGroupOf(to, group) >= inGroupOf(from, group)
          && !group(to, group).equals(group(from, group))) {
        return false;
      }
    }
    return true;
  }

  /** How many are on nodes that say the same as that one for each of those labels. */
  private int inGroupOf(String name, List<String> labels) {
    List<String> own = group(name, labels);
    return loads.stream()
        .map(NodeLoad::node)
        .filter(node -> group(node, labels).equals(own))
        .mapToInt(this::on)
        .sum();
  }

  private List<String> group(String name, List<String> labels) {
    NodeLoad node = byName.get(name);
    return labels.stream().map(it -> ConstraintCheck.value(node, it).orElse("")).toList();
  }

  private void occupy(String node, Demand demand) {
    loads.replaceAll(load -> load.node().equals(node) ? load.plus(demand) : load);
  }
}

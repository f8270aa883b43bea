package io.dockherd.apps.planning;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.scheduling.NodeLoad;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves an instance of an app that is all well from a node with many to one with few, as when a
 * node has joined: only where the difference gets smaller, so that it comes to an end.
 */
record Balancing(
    Planner planner,
    Situation situation,
    Census census,
    Revision target,
    Placing placing,
    Starting starting) {
  /** The instance that is to go → the one that is started in its place; empty for none. */
  Map<InstanceId, InstanceId> moves() {
    boolean isAsked =
        planner.moves() > 0 && placing.isEvenly(target) && situation.moves().isEmpty();
    return isAsked && isAllWell() ? move() : Map.of();
  }

  private boolean isAllWell() {
    return !target.config().isGlobal()
        && Census.isMovable(target.config())
        && situation.missing().isEmpty()
        && situation.lost().isEmpty()
        && situation.instances().stream()
            .allMatch(one -> census.isWell(one, target.config().update().monitor()))
        && !Starting.backoff(situation, target).isAfter(situation.now());
  }

  private Map<InstanceId, InstanceId> move() {
    Optional<Instance> victim =
        census.staying().stream()
            .max(
                Comparator.<Instance, Integer>comparing(one -> placing.on(one.node()))
                    .thenComparing(Ranking.keeping(situation.app())));
    if (victim.isEmpty()) {
      return Map.of();
    }
    int there = placing.on(victim.get().node());
    List<Instance> others =
        census.staying().stream().filter(one -> !one.equals(victim.get())).toList();
    Placing without = new Placing(planner.scheduler(), situation, others, List.of());
    int slot = starting.nextSlot();
    return without
        .place(target, slot, emptier(without, victim.get().node(), there))
        .map(node -> starting.run(target, slot, node, "moves from " + victim.get().node()))
        .map(id -> Map.of(victim.get().id(), id))
        .orElseGet(Map::of);
  }

  private Function<NodeLoad, Optional<String>> emptier(Placing others, String from, int there) {
    return load -> {
      boolean isBetter =
          !situation.ground().newcomers().contains(load.node())
              && others.on(load.node()) <= there - 2
              && others.isEvenAfter(target, from, load.node());
      return isBetter ? Optional.empty() : Optional.of("it would be no more even");
    };
  }
}

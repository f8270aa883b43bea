package io.dockherd.apps.planning;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.scheduling.NodeLoad;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
  /** The instances that are to go → those that are started in their places; empty for none. */
  Map<InstanceId, InstanceId> moves() {
    boolean isAsked =
        planner.moves() > 0 && placing.isEvenly(target) && situation.moves().isEmpty();
    return isAsked && isAllWell() ? move() : Map.of();
  }

  private boolean isAllWell() {
    return !target.config().isGlobal()
        && Census.isMovable(target.config())
        && situation.missing().isEmpty()
        && census.held().isEmpty()
        && census.outdated().isEmpty()
        && census.displaced().isEmpty()
        && situation.instances().stream()
            .allMatch(one -> census.isWell(one, target.config().update().monitor()))
        && !Starting.backoff(situation, target).isAfter(situation.now());
  }

  private Map<InstanceId, InstanceId> move() {
    Map<InstanceId, InstanceId> moves = new HashMap<>();
    List<Instance> left = new ArrayList<>(census.staying());
    Placing places = new Placing(planner.scheduler(), situation, left, List.of(), List.of());
    boolean isMoving = true;
    while (isMoving && moves.size() < planner.moves()) {
      isMoving = moveOne(places, left, moves);
    }
    return moves;
  }

  private boolean moveOne(Placing places, List<Instance> left, Map<InstanceId, InstanceId> moves) {
    Comparator<Instance> order =
        Comparator.<Instance, Integer>comparing(one -> places.on(one.node()))
            .thenComparing(Ranking.keeping(situation.app()));
    Optional<Instance> victim = left.stream().max(order);
    if (victim.isEmpty()) {
      return false;
    }
    String from = victim.get().node();
    int there = places.on(from);
    int slot = starting.nextSlot();
    Optional<String> to = places.place(target, slot, emptier(places, from, there));
    to.ifPresent(
        node -> {
          left.remove(victim.get());
          places.leaves(from);
          moves.put(victim.get().id(), starting.run(target, slot, node, "moves from " + from));
        });
    return to.isPresent();
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

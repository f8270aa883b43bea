package io.dockherd.fleet.rescheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which containers should go where, so that the nodes differ less in how many they run: always from
 * the fullest node that has one to give, to the emptiest that takes it, and only where that makes
 * the difference smaller.
 *
 * @param running node → how many run there; only these nodes take any
 * @param movable those that may go, in the order in which they had best
 * @param takers the nodes whose filters let a container in, the best first
 */
record Balance(
    Map<String, Integer> running, List<Movable> movable, Function<Movable, List<String>> takers) {
  /** A container that may go. */
  record Movable(String id, String name, String node) {}

  /** At most so many moves, in their order. */
  List<Move> plan(int most) {
    Map<String, Integer> counts = new TreeMap<>(running);
    Set<String> gone = new HashSet<>();
    List<Move> moves = new ArrayList<>();
    Optional<Move> next = Optional.empty();
    do {
      next = moves.size() < most ? next(counts, gone) : Optional.empty();
      next.ifPresent(
          move -> {
            moves.add(move);
            gone.add(move.id());
            counts.merge(move.from(), -1, Integer::sum);
            counts.merge(move.to(), 1, Integer::sum);
          });
    } while (next.isPresent());
    return moves;
  }

  private Optional<Move> next(Map<String, Integer> counts, Set<String> gone) {
    return counts.keySet().stream()
        .sorted(Comparator.comparing((String node) -> -counts.get(node)))
        .flatMap(node -> movable.stream().filter(one -> one.node().equals(node)))
        .filter(one -> !gone.contains(one.id()))
        .flatMap(one -> better(one, counts).stream())
        .findFirst();
  }

  private Optional<Move> better(Movable one, Map<String, Integer> counts) {
    int here = counts.get(one.node());
    boolean isAnyEmptier = counts.values().stream().anyMatch(count -> count < here - 1);
    if (!isAnyEmptier) {
      return Optional.empty();
    }
    return takers.apply(one).stream()
        .filter(counts::containsKey)
        .filter(taker -> counts.get(taker) < here - 1)
        .min(Comparator.comparing(counts::get))
        .map(to -> new Move(one.id(), one.name(), one.node(), to));
  }
}

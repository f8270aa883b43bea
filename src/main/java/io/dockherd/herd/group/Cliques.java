package io.dockherd.herd.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parts peers so that in each part everybody hears everybody.
 *
 * <p>Whoever misses the most others goes first, of equals the youngest, until those who stay miss
 * nobody. They are the first part; those who went are parted the same way. So a peer that nobody
 * hears goes alone, one broken link costs one peer, and whoever knows the same links comes to the
 * same parts.
 */
final class Cliques {
  private Cliques() {}

  /** The parts, each oldest first; one with all peers when no link is broken. */
  static <P> List<List<P>> of(List<P> oldestFirst, Set<Link<P>> broken) {
    List<List<P>> cliques = new ArrayList<>();
    List<P> rest = oldestFirst;
    while (!rest.isEmpty()) {
      Set<P> stay = staying(rest, broken);
      cliques.add(List.copyOf(stay));
      rest = rest.stream().filter(peer -> !stay.contains(peer)).toList();
    }
    return List.copyOf(cliques);
  }

  private static <P> Set<P> staying(List<P> oldestFirst, Set<Link<P>> broken) {
    Set<P> stay = new LinkedHashSet<>(oldestFirst);
    Map<P, Set<P>> missed = new HashMap<>();
    for (Link<P> link : broken) {
      if (stay.containsAll(link.ends())) {
        for (P end : link.ends()) {
          missed.computeIfAbsent(end, _ -> new HashSet<>()).addAll(link.ends());
        }
      }
    }
    missed.forEach((peer, others) -> others.remove(peer));
    for (Optional<P> worst = worst(oldestFirst, missed);
        worst.isPresent();
        worst = worst(oldestFirst, missed)) {
      P goes = worst.get();
      stay.remove(goes);
      missed.remove(goes);
      missed.values().forEach(others -> others.remove(goes));
      missed.values().removeIf(Set::isEmpty);
    }
    return stay;
  }

  /** Of those who miss as many it is the last. */
  private static <P> Optional<P> worst(List<P> oldestFirst, Map<P, Set<P>> missed) {
    return oldestFirst.reversed().stream()
        .filter(missed::containsKey)
        .max(Comparator.comparingInt(peer -> missed.get(peer).size()));
  }
}

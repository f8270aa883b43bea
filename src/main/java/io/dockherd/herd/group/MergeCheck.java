package io.dockherd.herd.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether this peer's view may become one with other views: only with those whose peers are all
 * reached by all of ours.
 *
 * <p>Where a link is missing, {@link Cliques} says who would have to go if the two were one, the
 * larger view counting as the older. Both sides come to the same, so the one that holds those who
 * would go knows that it is left out; and if it holds others besides, that these had better leave
 * it for the larger whole. Otherwise one bad link would keep halves of a herd apart after a split.
 */
final class MergeCheck<P extends Comparable<? super P>> {
  /**
   * What has come of it.
   *
   * @param open the views that may become one with ours
   * @param missing the links for which the others may not
   * @param leftOutBy the oldest of a view that this peer can't be one with though that one is
   *     better company than its own view
   * @param misfits by the oldest of a view: those of ours that this peer had better part from, for
   *     its part or theirs to become one with that view
   */
  record Outcome<P>(
      List<List<P>> open, Set<Link<P>> missing, Optional<P> leftOutBy, Map<P, Set<P>> misfits) {
    Outcome {
      open = List.copyOf(open);
      missing = Set.copyOf(missing);
      misfits = Map.copyOf(misfits);
    }
  }

  private final P self;
  private final List<P> ours;
  private final List<List<P>> others;
  private final Map<P, Set<P>> unreached = new HashMap<>();

  /** Of a view and others, each oldest first; they may overlap. */
  MergeCheck(P self, List<P> ours, Collection<List<P>> others) {
    this.self = self;
    this.ours = List.copyOf(ours);
    this.others = List.copyOf(others);
    ours.forEach(peer -> unreached.put(peer, new HashSet<>()));
    Set<P> inOurs = Set.copyOf(ours);
    for (List<P> view : others) {
      Set<P> inView = Set.copyOf(view);
      for (P peer : ours) {
        Set<P> strangers = unreached.get(peer);
        view.stream()
            .filter(other -> !other.equals(peer))
            .filter(other -> !inView.contains(peer) || !inOurs.contains(other))
            .forEach(strangers::add);
      }
    }
  }

  /** Whom that peer of ours has yet to reach. */
  synchronized Set<P> unreached(P peer) {
    return Set.copyOf(unreached.getOrDefault(peer, Set.of()));
  }

  /** That peer of ours has reached these. */
  synchronized void reached(P peer, Set<P> strangers) {
    unreached.getOrDefault(peer, new HashSet<>()).removeAll(strangers);
  }

  /** Whether all have reached all. */
  synchronized boolean isWhole() {
    return unreached.values().stream().allMatch(Set::isEmpty);
  }

  /** What has come of it so far. */
  synchronized Outcome<P> outcome() {
    Set<Link<P>> missing = new HashSet<>();
    Map<P, Set<P>> misfits = new HashMap<>();
    Optional<P> leftOutBy = Optional.empty();
    for (List<P> view : others) {
      Set<Link<P>> links = missing(view);
      missing.addAll(links);
      Set<P> stay = Set.copyOf(Cliques.of(together(view), links).getFirst());
      if (!stay.contains(self)) {
        leftOutBy = leftOutBy.or(() -> Optional.of(view.getFirst()));
      }
      if (stay.size() > Math.max(ours.size(), view.size())) {
        Set<P> apart = new HashSet<>(ours);
        apart.removeIf(peer -> stay.contains(peer) == stay.contains(self));
        if (!apart.isEmpty()) {
          misfits.put(view.getFirst(), apart);
        }
      }
    }
    List<List<P>> open = others.stream().filter(view -> missing(view).isEmpty()).toList();
    return new Outcome<>(open, missing, leftOutBy, misfits);
  }

  private Set<Link<P>> missing(List<P> view) {
    Set<P> inView = Set.copyOf(view);
    Set<Link<P>> missing = new HashSet<>();
    unreached.forEach(
        (peer, strangers) ->
            strangers.stream()
                .filter(inView::contains)
                .forEach(stranger -> missing.add(Link.between(peer, stranger))));
    return missing;
  }

  private List<P> together(List<P> view) {
    boolean isOursFirst =
        ours.size() == view.size()
            ? ours.getFirst().compareTo(view.getFirst()) <= 0
            : ours.size() > view.size();
    Set<P> all = new LinkedHashSet<>(isOursFirst ? ours : view);
    all.addAll(isOursFirst ? view : ours);
    return List.copyOf(all);
  }
}

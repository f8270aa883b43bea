package io.dockherd.herd.records;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key's revisions, greatest first: the first is what the key holds, the others are its history.
 * The whole rule of merging is here and pure: merging two lineages takes the revisions of both and
 * keeps
 *
 * <ul>
 *   <li>the {@value #RECENT} greatest, and
 *   <li>the greatest one of each node, for the {@value #NODES} nodes whose greatest are greatest,
 * </ul>
 *
 * so that what lost a merge is still in the history, however often the winning side had written.
 * Both are the greatest of a set, so the result is the same in whichever order, grouping and
 * repetition lineages are merged.
 */
record Lineage(List<Revision> revisions) {
  static final int RECENT = 6;
  static final int NODES = 6;
  private static final int SEEN = 64;

  /** Before the first write. */
  static final Lineage EMPTY = new Lineage(List.of());

  Lineage {
    revisions = List.copyOf(revisions);
  }

  /** What becomes of any revisions of one key. */
  static Lineage of(Collection<Revision> revisions) {
    List<Revision> kept = new ArrayList<>();
    Set<String> nodes = new HashSet<>();
    int rank = 0;
    for (Revision revision : new TreeSet<>(revisions).descendingSet()) {
      boolean greatestOfItsNode = nodes.add(revision.version().node());
      if (rank < RECENT || greatestOfItsNode && nodes.size() <= NODES) {
        kept.add(revision);
      }
      rank++;
    }
    return new Lineage(kept);
  }

  /** This and the other, both sides' knowledge in one. */
  Lineage merge(Lineage other) {
    List<Revision> both = new ArrayList<>(revisions);
    both.addAll(other.revisions);
    return of(both);
  }

  /** The greatest revision, deletions included. */
  Optional<Revision> head() {
    return revisions.stream().findFirst();
  }

  /** What the key holds now. */
  Version version() {
    return head().map(Revision::version).orElse(Version.NONE);
  }

  /** What is to be read of it; nothing when it was deleted. */
  Optional<Record> record(String key) {
    return head().flatMap(head -> record(key, head));
  }

  /** All values that are kept, the current one first. */
  List<Record> history(String key) {
    return revisions.stream().flatMap(revision -> record(key, revision).stream()).toList();
  }

  /**
   * Each node's highest counter among all that is known here; of many nodes, those highest. A node
   * left out may have a conflict told that is none; nothing is decided by it.
   */
  Map<String, Long> seen() {
    Map<String, Long> seen = new HashMap<>();
    for (Revision revision : revisions) {
      revision.seen().forEach((node, counter) -> seen.merge(node, counter, Math::max));
      seen.merge(revision.version().node(), revision.version().counter(), Math::max);
    }
    return seen.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SEEN)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * What is news here of those that lost when {@code other} was merged into this and gave {@code
   * merged}: the last write of each side whose writes the winner's writer did not know. Two sides
   * that wrote the same value are at one. Whoever held nothing has nothing to be told.
   */
  List<Revision> losers(Lineage other, Lineage merged) {
    if (revisions.isEmpty() || merged.revisions.isEmpty()) {
      return List.of();
    }
    Revision winner = merged.revisions.getFirst();
    return losers(winner, Stream.of(this, other, merged).flatMap(it -> it.revisions.stream()))
        .filter(last -> last.equals(revisions.getFirst()) || !revisions.contains(last))
        .toList();
  }

  /** All that lost and that the winner's writer did not know: the last write of each side. */
  List<Revision> losers() {
    return revisions.size() < 2
        ? List.of()
        : losers(revisions.getFirst(), revisions.stream()).toList();
  }

  private static Stream<Revision> losers(Revision winner, Stream<Revision> all) {
    Set<Revision> unknown = new TreeSet<>(Collections.reverseOrder());
    all.filter(revision -> !winner.knows(revision)).forEach(unknown::add);
    return unknown.stream()
        .filter(last -> unknown.stream().noneMatch(next -> next != last && next.knows(last)))
        .filter(last -> !last.value().equals(winner.value()));
  }

  /** Whether the key was deleted before that moment. */
  boolean wasDeletedBefore(long millis) {
    return head().filter(head -> head.isDeletion() && head.atMillis() < millis).isPresent();
  }

  static Optional<Record> record(String key, Revision revision) {
    return revision
        .value()
        .map(value -> new Record(key, revision.version(), new JsonObject(value)));
  }
}

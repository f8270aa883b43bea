package io.dockherd.herd.facts;

import io.dockherd.herd.facts.FactChange.Retracted;
import io.dockherd.herd.facts.FactChange.Told;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The changes that lead from what a shelf holds to what is told. */
final class Steps {
  private Steps() {}

  /** Those that make the facts of a kind exactly {@code values}, in the order of the ids. */
  static List<FactChange> towards(Shelf shelf, String kind, Map<String, Buffer> values) {
    List<FactChange> changes = new ArrayList<>();
    for (Fact fact : shelf.of(kind)) {
      if (!values.containsKey(fact.id())) {
        changes.add(new Retracted(kind, fact.id()));
      }
    }
    new TreeMap<>(values)
        .forEach((id, value) -> news(shelf, kind, id, value).ifPresent(changes::add));
    return changes;
  }

  /** The one that makes the fact {@code value}, if it is not that already. */
  static Optional<FactChange> news(Shelf shelf, String kind, String id, Buffer value) {
    boolean same = shelf.find(kind, id).filter(fact -> fact.value().equals(value)).isPresent();
    // Copied: the caller may go on writing to its buffer, and ours is to have no slack.
    return same
        ? Optional.empty()
        : Optional.of(new Told(kind.intern(), id, Buffer.buffer(value.getBytes())));
  }

  /** The one that takes the fact back, if it was told. */
  static Optional<FactChange> end(Shelf shelf, String kind, String id) {
    return shelf.find(kind, id).map(fact -> new Retracted(kind, id));
  }
}

package io.dockherd.herd.facts;

import io.dockherd.herd.audience.Audience;
import io.dockherd.herd.facts.Facts.FactsListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The shelves of all owners, by name: those that can be read, and those whose owner was lost.
 * Reading needs no lock.
 */
final class Shelves {
  private final NavigableMap<String, Shelf> present = new ConcurrentSkipListMap<>();
  private final NavigableMap<String, Shelf> lost = new ConcurrentSkipListMap<>();

  /**
   * What the listeners were told of each owner and not told to be gone. More than {@code present}
   * between the moment a peer leaves and the moment it is known how.
   */
  private final Map<String, Shelf> announced = new HashMap<>();

  private final Audience<FactsListener, FactEvent> audience;

  Shelves(Audience<FactsListener, FactEvent> audience) {
    this.audience = audience;
  }

  List<Fact> of(String kind) {
    return collect(present, kind);
  }

  List<Fact> of(String kind, String owner) {
    return present.getOrDefault(owner, Shelf.EMPTY).of(kind);
  }

  Optional<Fact> find(String kind, String owner, String id) {
    return present.getOrDefault(owner, Shelf.EMPTY).find(kind, id);
  }

  List<Fact> lost(String kind) {
    return collect(lost, kind);
  }

  /** The owner is there and {@code shelf} is what it told. */
  synchronized void show(String owner, Shelf shelf) {
    if (present.get(owner) == shelf) {
      return;
    }
    lost.remove(owner);
    present.put(owner, shelf);
    Shelf before = announced.put(owner, shelf);
    (before == null ? Shelf.EMPTY : before).difference(shelf, audience::tell);
  }

  /** The shelf after the changes; shown if {@code shelf} was. */
  synchronized Shelf change(String owner, Shelf shelf, List<FactChange> changes) {
    if (changes.isEmpty()) {
      return shelf;
    }
    if (present.get(owner) != shelf) {
      return shelf.with(owner, changes, event -> {});
    }
    Shelf after = shelf.with(owner, changes, audience::tell);
    present.put(owner, after);
    announced.put(owner, after);
    return after;
  }

  /** The owner can't be reached; whether it left orderly will be known in a moment. */
  synchronized void hide(String owner) {
    present.remove(owner);
  }

  /** The owner has gone. */
  synchronized void depart(String owner, boolean orderly) {
    present.remove(owner);
    Shelf shelf = announced.remove(owner);
    if (shelf == null) {
      return;
    }
    if (!orderly) {
      lost.put(owner, shelf);
    }
    shelf.all().forEach(fact -> audience.tell(new FactEvent.Gone(fact, !orderly)));
  }

  synchronized void forget(String owner) {
    lost.remove(owner);
  }

  private static List<Fact> collect(Map<String, Shelf> shelves, String kind) {
    List<Fact> all = new ArrayList<>();
    shelves.values().forEach(shelf -> shelf.addTo(kind, all));
    return Collections.unmodifiableList(all);
  }
}

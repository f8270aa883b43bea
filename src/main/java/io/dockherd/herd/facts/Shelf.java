package io.dockherd.herd.facts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All facts of one owner at one moment. Immutable, so that it is read without a lock; a change
 * copies only the references of the facts' own kind (10,000 facts: 40 KB).
 */
final class Shelf {
  static final Shelf EMPTY = new Shelf(Map.of(), 0, 0);

  /** Kind → facts by id, never empty. Never written to once the shelf is made. */
  private final Map<String, Fact[]> kinds;

  private final int count;
  private final long hash;

  private Shelf(Map<String, Fact[]> kinds, int count, long hash) {
    this.kinds = kinds;
    this.count = count;
    this.hash = hash;
  }

  /** How many facts. */
  int count() {
    return count;
  }

  /** The same for the same facts: {@link FactHash} summed. */
  long hash() {
    return hash;
  }

  /** The facts of a kind, by id. */
  List<Fact> of(String kind) {
    // A view: what reads one fact of many is not to copy them all first.
    return Collections.unmodifiableList(Arrays.asList(array(kind)));
  }

  /** Appends the facts of a kind, by id. */
  void addTo(String kind, Collection<Fact> all) {
    all.addAll(Arrays.asList(array(kind)));
  }

  Optional<Fact> find(String kind, String id) {
    Fact[] facts = array(kind);
    int at = position(facts, id);
    return at < 0 ? Optional.empty() : Optional.of(facts[at]);
  }

  /** All facts, by kind and id. */
  Iterable<Fact> all() {
    List<Fact> all = new ArrayList<>(count);
    new TreeMap<>(kinds).values().forEach(facts -> all.addAll(Arrays.asList(facts)));
    return all;
  }

  /** The shelf after the changes, all of facts of {@code owner}; tells what came of each. */
  Shelf with(String owner, List<FactChange> changes, Consumer<FactEvent> events) {
    Map<String, List<FactChange>> byKind = new TreeMap<>();
    changes.forEach(
        change -> byKind.computeIfAbsent(change.kind(), kind -> new ArrayList<>()).add(change));
    Map<String, Fact[]> after = new TreeMap<>(kinds);
    Tally tally = new Tally(count, hash, events);
    byKind.forEach(
        (kind, ofKind) -> {
          Fact[] facts =
              ofKind.size() == 1
                  ? one(owner, array(kind), ofKind.getFirst(), tally)
                  : many(owner, array(kind), ofKind, tally);
          if (facts.length == 0) {
            after.remove(kind);
          } else {
            after.put(kind, facts);
          }
        });
    return new Shelf(after, tally.count, tally.hash);
  }

  /** What a listener is to be told when {@code after} takes the place of this shelf. */
  void difference(Shelf after, Consumer<FactEvent> events) {
    for (Fact fact : all()) {
      if (after.find(fact.kind(), fact.id()).isEmpty()) {
        events.accept(new FactEvent.Gone(fact, false));
      }
    }
    for (Fact fact : after.all()) {
      Optional<Fact> before = find(fact.kind(), fact.id());
      if (before.isEmpty() || !before.get().value().equals(fact.value())) {
        events.accept(new FactEvent.Now(fact, before));
      }
    }
  }

  private Fact[] array(String kind) {
    return kinds.getOrDefault(kind, NOTHING);
  }

  private static Fact[] one(String owner, Fact[] facts, FactChange change, Tally tally) {
    int at = position(facts, change.id());
    return switch (change) {
      case FactChange.Retracted retracted when at < 0 -> facts;
      case FactChange.Retracted retracted -> {
        tally.gone(facts[at]);
        Fact[] less = new Fact[facts.length - 1];
        System.arraycopy(facts, 0, less, 0, at);
        System.arraycopy(facts, at + 1, less, at, less.length - at);
        yield less;
      }
      case FactChange.Told told when at >= 0 -> {
        Fact[] same = facts.clone();
        same[at] = fact(owner, told);
        tally.now(same[at], Optional.of(facts[at]));
        yield same;
      }
      case FactChange.Told told -> {
        int place = -at - 1;
        Fact[] more = new Fact[facts.length + 1];
        System.arraycopy(facts, 0, more, 0, place);
        more[place] = fact(owner, told);
        System.arraycopy(facts, place, more, place + 1, facts.length - place);
        tally.now(more[place], Optional.empty());
        yield more;
      }
    };
  }

  private static Fact[] many(String owner, Fact[] facts, List<FactChange> changes, Tally tally) {
    TreeMap<String, Fact> byId = new TreeMap<>();
    for (Fact fact : facts) {
      byId.put(fact.id(), fact);
    }
    for (FactChange change : changes) {
      switch (change) {
        case FactChange.Told told -> {
          Fact fact = fact(owner, told);
          tally.now(fact, Optional.ofNullable(byId.put(told.id(), fact)));
        }
        case FactChange.Retracted retracted ->
            Optional.ofNullable(byId.remove(retracted.id())).ifPresent(tally::gone);
      }
    }
    return byId.values().toArray(NOTHING);
  }

  private static Fact fact(String owner, FactChange.Told told) {
    return new Fact(owner, told.kind(), told.id(), told.value());
  }

  private static int position(Fact[] facts, String id) {
    int low = 0;
    int high = facts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = facts[middle].id().compareTo(id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private static final Fact[] NOTHING = {};

  /** Count and hash, kept up with each step. */
  private static final class Tally {
    private int count;
    private long hash;
    private final Consumer<FactEvent> events;

    private Tally(int count, long hash, Consumer<FactEvent> events) {
      this.count = count;
      this.hash = hash;
      this.events = events;
    }

    private void now(Fact fact, Optional<Fact> before) {
      before.ifPresent(this::take);
      count++;
      hash += FactHash.of(fact);
      events.accept(new FactEvent.Now(fact, before));
    }

    private void gone(Fact fact) {
      take(fact);
      events.accept(new FactEvent.Gone(fact, false));
    }

    private void take(Fact fact) {
      count--;
      hash -= FactHash.of(fact);
    }
  }
}

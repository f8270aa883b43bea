package io.dockherd.apps;

import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The facts of a herd in memory: a test tells them in the name of any member. Listeners hear of a
 * change before the telling returns.
 */
public final class BenchFacts implements Facts {
  private record Key(String owner, String kind, String id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byOwner = owner.compareTo(other.owner);
      int byKind = byOwner != 0 ? byOwner : kind.compareTo(other.kind);
      return byKind != 0 ? byKind : id.compareTo(other.id);
    }
  }

  private record Ear(String kind, FactsListener listener) {}

  private final String self;
  private final TreeMap<Key, Fact> present = new TreeMap<>();
  private final TreeMap<Key, Fact> lost = new TreeMap<>();
  private final List<Ear> ears = new CopyOnWriteArrayList<>();

  /** As the member of that name sees them. */
  public BenchFacts(String self) {
    this.self = self;
  }

  /** What another member tells. */
  public void tell(String owner, String kind, String id, Buffer value) {
    Fact fact = new Fact(owner, kind, id, value);
    Optional<Fact> before;
    synchronized (this) {
      before = Optional.ofNullable(present.put(new Key(owner, kind, id), fact));
    }
    hear(kind, ear -> ear.onFact(fact, before));
  }

  /** What another member takes back. */
  public void retract(String owner, String kind, String id) {
    Fact fact;
    synchronized (this) {
      fact = present.remove(new Key(owner, kind, id));
    }
    if (fact != null) {
      hear(kind, ear -> ear.onGone(fact, false));
    }
  }

  /** A member has gone without a word. */
  public void lose(String owner) {
    List<Fact> gone = new ArrayList<>();
    synchronized (this) {
      present.values().stream().filter(fact -> fact.owner().equals(owner)).forEach(gone::add);
      present.keySet().removeIf(key -> key.owner().equals(owner));
      gone.forEach(fact -> lost.put(new Key(owner, fact.kind(), fact.id()), fact));
    }
    gone.forEach(fact -> hear(fact.kind(), ear -> ear.onGone(fact, true)));
  }

  /** A lost member is back, with what it had told. */
  public void comeBack(String owner) {
    List<Fact> back;
    synchronized (this) {
      back = lost.values().stream().filter(fact -> fact.owner().equals(owner)).toList();
      lost.keySet().removeIf(key -> key.owner().equals(owner));
    }
    back.forEach(fact -> tell(owner, fact.kind(), fact.id(), fact.value()));
  }

  private void hear(String kind, Consumer<FactsListener> what) {
    ears.stream()
        .filter(ear -> ear.kind().equals(kind))
        .forEach(ear -> what.accept(ear.listener()));
  }

  @Override
  public void tell(String kind, String id, Buffer value) {
    boolean isNews = find(kind, self, id).filter(fact -> fact.value().equals(value)).isEmpty();
    if (isNews) {
      tell(self, kind, id, value);
    }
  }

  @Override
  public void retract(String kind, String id) {
    retract(self, kind, id);
  }

  @Override
  public void tellAll(String kind, Map<String, Buffer> values) {
    of(kind, self).stream()
        .map(Fact::id)
        .filter(id -> !values.containsKey(id))
        .forEach(id -> retract(kind, id));
    values.forEach((id, value) -> tell(kind, id, value));
  }

  @Override
  public boolean settle(Duration limit) {
    return true;
  }

  @Override
  public synchronized List<Fact> of(String kind) {
    return present.values().stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  @Override
  public List<Fact> of(String kind, String owner) {
    return of(kind).stream().filter(fact -> fact.owner().equals(owner)).toList();
  }

  @Override
  public synchronized Optional<Fact> find(String kind, String owner, String id) {
    return Optional.ofNullable(present.get(new Key(owner, kind, id)));
  }

  @Override
  public synchronized List<Fact> lost(String kind) {
    return lost.values().stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  @Override
  public synchronized void forget(String owner) {
    lost.keySet().removeIf(key -> key.owner().equals(owner));
  }

  @Override
  public void listen(String kind, FactsListener listener) {
    ears.add(new Ear(Objects.requireNonNull(kind), listener));
  }
}

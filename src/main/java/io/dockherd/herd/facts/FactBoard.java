package io.dockherd.herd.facts;

import io.dockherd.herd.audience.Audience;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The facts of several owners in one process: each tells its own, all read the same. There is
 * nobody else to be told, so what is told is settled at once.
 */
public final class FactBoard implements AutoCloseable {
  private final Audience<Facts.FactsListener, FactEvent> audience =
      new Audience<>("facts", (listener, event) -> event.to(listener));
  private final Shelves shelves = new Shelves(audience);

  /** Of the owners that are there. Guarded by this. */
  private final Map<String, Shelf> present = new HashMap<>();

  /** The owner is there from now on; the facts as it tells and reads them. */
  public Facts as(String owner) {
    synchronized (this) {
      present.computeIfAbsent(owner, name -> Shelf.EMPTY);
      shelves.show(owner, present.get(owner));
    }
    return new Told(owner);
  }

  /**
   * The owner and its facts go; what it still tells counts no more.
   *
   * @param orderly false when it may still have what it told of
   */
  public synchronized void depart(String owner, boolean orderly) {
    present.remove(owner);
    shelves.depart(owner, orderly);
  }

  @Override
  public void close() {
    audience.close();
  }

  private synchronized void change(String owner, Function<Shelf, List<FactChange>> changes) {
    Shelf shelf = present.get(owner);
    if (shelf != null) {
      present.put(owner, shelves.change(owner, shelf, changes.apply(shelf)));
    }
  }

  /** All facts, in the hands of one owner. */
  private final class Told implements Facts {
    private final String owner;

    private Told(String owner) {
      this.owner = owner;
    }

    @Override
    public void tell(String kind, String id, Buffer value) {
      change(owner, shelf -> Steps.news(shelf, kind, id, value).stream().toList());
    }

    @Override
    public void retract(String kind, String id) {
      change(owner, shelf -> Steps.end(shelf, kind, id).stream().toList());
    }

    @Override
    public void tellAll(String kind, Map<String, Buffer> values) {
      change(owner, shelf -> Steps.towards(shelf, kind, values));
    }

    @Override
    public boolean settle(Duration limit) {
      return true;
    }

    @Override
    public List<Fact> of(String kind) {
      return shelves.of(kind);
    }

    @Override
    public List<Fact> of(String kind, String other) {
      return shelves.of(kind, other);
    }

    @Override
    public Optional<Fact> find(String kind, String other, String id) {
      return shelves.find(kind, other, id);
    }

    @Override
    public List<Fact> lost(String kind) {
      return shelves.lost(kind);
    }

    @Override
    public void forget(String other) {
      shelves.forget(other);
    }

    @Override
    public void listen(String kind, FactsListener listener) {
      audience.add(listener, event -> event.fact().kind().equals(kind));
    }
  }
}

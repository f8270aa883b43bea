package io.dockherd.herd.facts;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All facts of all present members, at hand. Reading takes no network and no lock. */
public interface Facts {
  /** Tells a fact of our own; nothing goes out when it is what was told already. */
  void tell(String kind, String id, Buffer value);

  /** Takes a fact of our own back. */
  void retract(String kind, String id);

  /**
   * Tells all our facts of a kind at once: what is not in {@code values} (id → value) is retracted.
   */
  void tellAll(String kind, Map<String, Buffer> values);

  /**
   * Waits until every present member holds what we have told so far. True when they do, false when
   * the limit passed first (a member that leaves meanwhile is not waited for).
   */
  boolean settle(Duration limit);

  /** The facts of a kind, of all present owners, by owner and id. */
  List<Fact> of(String kind);

  /** The facts of a kind of one owner, by id. */
  List<Fact> of(String kind, String owner);

  /** One fact. */
  Optional<Fact> find(String kind, String owner, String id);

  /**
   * What the owners that went without leaving orderly had last told of a kind: what is to be
   * healed. Forgotten when the owner is back or {@link #forget}.
   */
  List<Fact> lost(String kind);

  /** Forgets what a lost owner had told. */
  void forget(String owner);

  /**
   * Tells of changes from now on, in order for each owner, on one virtual thread. A listener that
   * is a thousand changes behind is told the latest of each fact only.
   */
  void listen(String kind, FactsListener listener);

  /** Follows facts. The methods may wait. */
  interface FactsListener {
    /** A fact is new or changed. {@code before} is what it was. */
    void onFact(Fact fact, Optional<Fact> before);

    /**
     * A fact is gone.
     *
     * @param lost whether it went with its owner, who may still run what it tells of
     */
    void onGone(Fact fact, boolean lost);
  }
}

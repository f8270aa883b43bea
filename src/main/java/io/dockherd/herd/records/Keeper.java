package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** Takes in what other nodes hold. */
final class Keeper {
  private static final Log LOG = Log.of(Keeper.class);

  private static final String FLOOR = "floor";

  private final Ledger ledger;
  private final RecordStore store;
  private final ShownRecords shown;

  Keeper(Ledger ledger, RecordStore store, ShownRecords shown) {
    this.ledger = ledger;
    this.store = store;
    this.shown = shown;
  }

  /**
   * Takes in a lineage that another node has on its disk: merges and shows it. Waits for nothing;
   * to be followed by {@link #save}.
   */
  void take(String key, Lineage lineage) {
    Ledger.Step step = ledger.merge(key, lineage);
    shown.show(key, ledger.get(key));
    for (Revision loser : step.before().losers(lineage, step.after())) {
      Revision winner = step.after().head().orElseThrow();
      LOG.warn(
          "two sides had written the same record",
          "key",
          key,
          "stays",
          text(winner.version()),
          "history",
          text(loser.version()));
      shown.tellConflict(key, winner, loser);
    }
  }

  /**
   * Puts what the keys hold by now on this node's disk.
   *
   * @throws Refused when that can't be done; it is tried again with the next keys
   */
  void save(Collection<String> keys) {
    store.save(keys, ledger::bytes);
  }

  /** Drops keys as if they had never been known. */
  void drop(Collection<String> keys) {
    ledger.drop(keys);
    unshow(keys);
    saveOrLog(keys);
  }

  /** Forgets keys deleted before that moment. */
  void forgetDeletedBefore(long millis) {
    List<String> keys = ledger.forgetDeletedBefore(millis);
    if (!keys.isEmpty()) {
      unshow(keys);
      saveOrLog(keys);
      noteFloor();
    }
  }

  /** Each may have been written again just then: what the ledger holds is shown in any case. */
  private void unshow(Collection<String> keys) {
    for (String key : keys) {
      shown.drop(key);
      shown.show(key, ledger.get(key));
    }
  }

  /** The ledger's floor as it was last noted. */
  static long notedFloor(RecordStore store) {
    return store.note(FLOOR).map(note -> note.getLong("counter", 0L)).orElse(0L);
  }

  private void noteFloor() {
    try {
      store.note(FLOOR, new JsonObject().put("counter", ledger.floor()));
    } catch (Refused e) {
      LOG.warn("floor of counters not noted", "reason", e.getMessage());
    }
  }

  private static String text(Version version) {
    return version.counter() + "@" + version.node();
  }

  private void saveOrLog(Collection<String> keys) {
    try {
      save(keys);
    } catch (Refused e) {
      LOG.warn("records not stored yet", "keys", keys.size(), "reason", e.getMessage());
    }
  }
}

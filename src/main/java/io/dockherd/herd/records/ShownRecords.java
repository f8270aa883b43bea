package io.dockherd.herd.records;

import io.dockherd.herd.audience.Audience;
import io.dockherd.herd.records.Records.RecordsListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is read here: lineages that are safe on a disk. Reading needs no lock. */
final class ShownRecords {
  private final NavigableMap<String, Lineage> lineages = new ConcurrentSkipListMap<>();
  private final Audience<RecordsListener, RecordEvent> audience;

  ShownRecords(Audience<RecordsListener, RecordEvent> audience) {
    this.audience = audience;
  }

  Optional<Record> get(String key) {
    return lineage(key).record(key);
  }

  List<Record> under(String prefix) {
    List<Record> found = new ArrayList<>();
    for (Map.Entry<String, Lineage> entry : lineages.tailMap(prefix, true).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      entry.getValue().record(entry.getKey()).ifPresent(found::add);
    }
    return found;
  }

  List<Record> history(String key) {
    return lineage(key).history(key);
  }

  List<Record> losers(String key) {
    return lineage(key).losers().stream()
        .flatMap(loser -> Lineage.record(key, loser).stream())
        .toList();
  }

  /** All lineages, by key. */
  Map<String, Lineage> all() {
    // Not by copying the map: that counts first, and fails when a key goes meanwhile.
    Map<String, Lineage> all = new TreeMap<>();
    lineages.forEach(all::put);
    return all;
  }

  /** Shows what the key holds now; what was shown before stays known if it is not in there. */
  synchronized void show(String key, Lineage lineage) {
    Lineage before = lineage(key);
    Lineage after = before.merge(lineage);
    if (!after.revisions().isEmpty()) {
      // The ledger's own, usually: no second copy.
      lineages.put(key, after.equals(lineage) ? lineage : after);
    }
    if (!after.version().equals(before.version())) {
      Optional<Record> now = after.record(key);
      if (now.isPresent() || before.record(key).isPresent()) {
        audience.tell(new RecordEvent.Changed(key, now));
      }
    }
  }

  /** Tells that a key's revision lost a merge. */
  void tellConflict(String key, Revision winner, Revision loser) {
    // A deletion on one side has no record to show; the change itself was told.
    Lineage.record(key, winner)
        .ifPresent(
            won ->
                Lineage.record(key, loser)
                    .ifPresent(lost -> audience.tell(new RecordEvent.Conflicting(won, lost))));
  }

  /** The key is forgotten; tells if it held something. */
  synchronized void drop(String key) {
    Lineage before = lineage(key);
    lineages.remove(key);
    if (before.record(key).isPresent()) {
      audience.tell(new RecordEvent.Changed(key, Optional.empty()));
    }
  }

  private Lineage lineage(String key) {
    return lineages.getOrDefault(key, Lineage.EMPTY);
  }
}

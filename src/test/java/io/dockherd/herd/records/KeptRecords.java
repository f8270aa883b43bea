package io.dockherd.herd.records;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a node that does not run just now has on its disk. */
public final class KeptRecords {
  private final Map<String, byte[]> kept;

  private KeptRecords(Map<String, byte[]> kept) {
    this.kept = kept;
  }

  /** That data directory's. */
  public static KeptRecords in(Path directory) {
    try (RecordStore store = RecordStore.open(directory)) {
      return new KeptRecords(store.load());
    }
  }

  /** The last few values of a key, newest first, those that lost a merge included. */
  public List<Record> history(String key) {
    byte[] bytes = kept.get(key);
    return bytes == null ? List.of() : LineageCodec.decode(bytes).history(key);
  }
}

package io.dockherd.herd.records;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What a node asks another about records, and waits for. */
sealed interface RecordsQuestion {
  /**
   * Asks a key's steward to write. Asked again with the same {@code request}, it is done once.
   *
   * @param value JSON, empty to delete
   * @param expected the version the key must still have, empty for any
   * @param limitMillis how long the steward may take
   */
  record Write(
      String request,
      String key,
      Optional<Buffer> value,
      Optional<Version> expected,
      int limitMillis)
      implements RecordsQuestion {}

  /**
   * Asks for the records in the buckets that differ, by key.
   *
   * @param buckets the asker's {@link Ledger#buckets}
   * @param after the key after which to go on; empty to begin
   */
  record Pull(long[] buckets, String after) implements RecordsQuestion {}
}

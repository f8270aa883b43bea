package io.dockherd.apps.stewards;

import io.dockherd.failure.Refused;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.Version;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records whose disk can be full for some of them. */
final class FillableRecords implements Records {
  /** What the keys begin with that can't be written. */
  final Set<String> full = ConcurrentHashMap.newKeySet();

  private final MemoryRecords records = new MemoryRecords();

  private void requireRoom(String key) {
    if (full.stream().anyMatch(key::startsWith)) {
      throw new Refused(key, "the disk is full", "make room");
    }
  }

  @Override
  public Optional<Record> get(String key) {
    return records.get(key);
  }

  @Override
  public List<Record> under(String prefix) {
    return records.under(prefix);
  }

  @Override
  public Record put(String key, JsonObject value, Duration limit) {
    requireRoom(key);
    return records.put(key, value, limit);
  }

  @Override
  public Record put(String key, JsonObject value, Version expected, Duration limit) {
    requireRoom(key);
    return records.put(key, value, expected, limit);
  }

  @Override
  public boolean delete(String key, Duration limit) {
    requireRoom(key);
    return records.delete(key, limit);
  }

  @Override
  public boolean delete(String key, Version expected, Duration limit) {
    requireRoom(key);
    return records.delete(key, expected, limit);
  }

  @Override
  public List<Record> history(String key) {
    return records.history(key);
  }

  @Override
  public List<Record> losers(String key) {
    return records.losers(key);
  }

  @Override
  public void listen(String prefix, RecordsListener listener) {
    records.listen(prefix, listener);
  }
}

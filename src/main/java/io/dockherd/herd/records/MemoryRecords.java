package io.dockherd.herd.records;

import io.dockherd.failure.Conflict;
import io.dockherd.herd.audience.Audience;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The records of a process that is a herd of its own: in its memory, and gone with it. */
public final class MemoryRecords implements Records {
  private final Map<String, Record> records = new ConcurrentSkipListMap<>();
  private final Audience<RecordsListener, RecordEvent> audience =
      new Audience<>("records", (listener, event) -> event.to(listener));

  @Override
  public Optional<Record> get(String key) {
    return Optional.ofNullable(records.get(key));
  }

  @Override
  public List<Record> under(String prefix) {
    return records.values().stream().filter(record -> record.key().startsWith(prefix)).toList();
  }

  @Override
  public synchronized Record put(String key, JsonObject value, Duration limit) {
    Record now =
        records.compute(
            key,
            (k, before) ->
                new Record(
                    key,
                    new Version(before == null ? 1 : before.version().counter() + 1, "memory"),
                    value.copy()));
    audience.tell(new RecordEvent.Changed(key, Optional.of(now)));
    return now;
  }

  @Override
  public synchronized Record put(String key, JsonObject value, Version expected, Duration limit) {
    check(key, expected);
    return put(key, value, limit);
  }

  private void check(String key, Version expected) {
    Version now = get(key).map(Record::version).orElse(Version.NONE);
    if (!now.equals(expected)) {
      throw new Conflict(key, "it has changed", "");
    }
  }

  @Override
  public synchronized boolean delete(String key, Duration limit) {
    boolean isThere = records.remove(key) != null;
    if (isThere) {
      audience.tell(new RecordEvent.Changed(key, Optional.empty()));
    }
    return isThere;
  }

  @Override
  public synchronized boolean delete(String key, Version expected, Duration limit) {
    check(key, expected);
    return delete(key, limit);
  }

  @Override
  public List<Record> history(String key) {
    return List.of();
  }

  @Override
  public List<Record> losers(String key) {
    return List.of();
  }

  @Override
  public void listen(String prefix, RecordsListener listener) {
    audience.add(listener, event -> event.key().startsWith(prefix));
  }
}

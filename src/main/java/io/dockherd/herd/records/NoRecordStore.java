package io.dockherd.herd.records;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Keeps notes as long as the process lives, and nothing else. */
final class NoRecordStore implements RecordStore {
  private final Map<String, JsonObject> notes = new ConcurrentHashMap<>();

  @Override
  public Map<String, byte[]> load() {
    return Map.of();
  }

  @Override
  public void save(Collection<String> keys, Function<String, Optional<byte[]>> content) {}

  @Override
  public Optional<JsonObject> note(String name) {
    return Optional.ofNullable(notes.get(name)).map(JsonObject::copy);
  }

  @Override
  public void note(String name, JsonObject value) {
    notes.put(name, value.copy());
  }

  @Override
  public void close() {}
}

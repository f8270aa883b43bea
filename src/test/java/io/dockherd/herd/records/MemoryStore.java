package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A disk in memory: outlives the node that writes it, and can be full. */
final class MemoryStore implements RecordStore {
  private final Map<String, byte[]> kept = new TreeMap<>();
  private final Map<String, JsonObject> notes = new TreeMap<>();
  private boolean full;
  private boolean unplugged;
  private Optional<Runnable> afterSave = Optional.empty();

  /** From now on nothing can be written, or can again. */
  synchronized void setFull(boolean isFull) {
    full = isFull;
  }

  /** What happens as soon as the next save is done, before whoever saves hears of it. */
  void afterNextSave(Runnable event) {
    afterSave = Optional.of(event);
  }

  /** The process that wrote it is gone: what its threads still write does not arrive. */
  synchronized MemoryStore afterKill() {
    unplugged = true;
    MemoryStore next = new MemoryStore();
    next.kept.putAll(kept);
    next.notes.putAll(notes);
    return next;
  }

  @Override
  public synchronized Map<String, byte[]> load() {
    return new TreeMap<>(kept);
  }

  @Override
  public synchronized void save(
      Collection<String> keys, Function<String, Optional<byte[]>> content) {
    if (full || unplugged) {
      throw new Refused("disk", "the disk is full", "");
    }
    keys.forEach(
        key ->
            content
                .apply(key)
                .ifPresentOrElse(bytes -> kept.put(key, bytes), () -> kept.remove(key)));
    afterSave.ifPresent(Runnable::run);
    afterSave = Optional.empty();
  }

  @Override
  public synchronized Optional<JsonObject> note(String name) {
    return Optional.ofNullable(notes.get(name));
  }

  @Override
  public synchronized void note(String name, JsonObject value) {
    if (!unplugged) {
      notes.put(name, value);
    }
  }

  @Override
  public void close() {}
}

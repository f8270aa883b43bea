package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a node keeps its records over a restart, and a few notes of its own. Knows keys and bytes
 * only. All methods wait for the disk: call them on a virtual thread.
 */
public interface RecordStore extends AutoCloseable {
  /**
   * Opens the store in a directory, which is made if need be and closed to other users.
   *
   * @throws Refused when another process has it open, when it is damaged beyond repair or can't be
   *     written
   */
  static RecordStore open(Path directory) {
    return FileRecordStore.open(directory);
  }

  /** Keeps nothing: {@code --data-dir none}. */
  static RecordStore none() {
    return new NoRecordStore();
  }

  /** All that is kept, by key. To be called once, before anything else. */
  Map<String, byte[]> load();

  /**
   * Keeps what the keys hold, or forgets them; returns when it is on the disk itself. Those who
   * come while the disk is busy share the next turn.
   *
   * @param content what a key holds, empty to forget it; asked when the turn has come, so that what
   *     is kept is never older than what was kept before
   * @throws Refused when the disk is full or broken; the keys are then tried again with the next
   *     turn
   */
  void save(Collection<String> keys, Function<String, Optional<byte[]>> content);

  /** What {@link #note(String, JsonObject)} kept under that name. */
  Optional<JsonObject> note(String name);

  /**
   * Keeps a note of the node itself, as when it was last up.
   *
   * @throws Refused as {@link #save}
   */
  void note(String name, JsonObject value);

  /** Closes the store. */
  @Override
  void close();
}

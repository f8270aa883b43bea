package io.dockherd.herd.records;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.TimedOut;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All records, at hand. Reading takes no network; writing waits until the key's steward and, if
 * there is another member, one more have stored it. Call writes on a virtual thread.
 */
public interface Records {
  /** What the key holds. */
  Optional<Record> get(String key);

  /** All records whose key starts with {@code prefix}, by key. */
  List<Record> under(String prefix);

  /**
   * Writes whatever the key held before.
   *
   * @throws TimedOut when the steward did not answer in time: the write may or may not have
   *     happened
   */
  Record put(String key, JsonObject value, Duration limit);

  /**
   * Writes if the key still holds {@code expected} ({@link Version#NONE}: nothing).
   *
   * @throws Conflict when it holds another version
   * @throws TimedOut as {@link #put}
   */
  Record put(String key, JsonObject value, Version expected, Duration limit);

  /**
   * Deletes; true when there was something.
   *
   * @throws TimedOut as {@link #put}
   */
  boolean delete(String key, Duration limit);

  /**
   * Deletes if the key still holds {@code expected}; false when that was nothing.
   *
   * @throws Conflict when it holds another version
   * @throws TimedOut as {@link #put}
   */
  boolean delete(String key, Version expected, Duration limit);

  /** The last few values of a key, newest first, those that lost a merge included. */
  List<Record> history(String key);

  /**
   * What lost a merge and was not known to whoever wrote what the key holds now: the last value of
   * each other side of a split. Empty once the key is written again.
   */
  List<Record> losers(String key);

  /**
   * Tells of changes from now on, on one virtual thread. A listener that is a thousand changes
   * behind is told the latest of each key only.
   */
  void listen(String prefix, RecordsListener listener);

  /** Follows records. The methods may wait. */
  interface RecordsListener {
    /** A key holds something new; empty when it was deleted. */
    void onChange(String key, Optional<Record> now);

    /**
     * A split's two sides had written the same key: {@code winner} stays, {@code loser} is history.
     */
    default void onConflict(Record winner, Record loser) {}
  }
}

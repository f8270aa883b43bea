package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether this node was away for so long that deletions it never heard of may be forgotten by now.
 * What it then still holds of old, untouched since it started, gives way as soon as it meets a node
 * that has missed nothing since it went. If it meets none within {@link #SEARCH} (all were switched
 * off), it keeps everything. These days and only these are measured by clocks.
 */
final class Continuity {
  private static final Log LOG = Log.of(Continuity.class);

  /** The longest absence that has no consequence. */
  static final Duration ABSENCE = Duration.ofDays(7);

  /**
   * How long deletions are remembered: a day longer, since clocks differ and a node that was away
   * needs a moment to hear of them.
   */
  static final Duration MEMORY = ABSENCE.plusDays(1);

  /** How long a node that was away looks for one that was not. */
  static final Duration SEARCH = Duration.ofHours(1);

  private static final Duration NOTE_EVERY = Duration.ofMinutes(10);
  private static final String NOTE = "up";

  private final RecordStore store;
  private final InstantSource clock;
  private final Set<String> untouched = new HashSet<>();
  private final long startedMillis;
  private long knowsSinceMillis;
  private long awayAtMillis;
  private long notedMillis;

  /** {@code keys} is what the store held. */
  Continuity(RecordStore store, InstantSource clock, Collection<String> keys) {
    this.store = store;
    this.clock = clock;
    long now = clock.millis();
    startedMillis = now;
    JsonObject note = store.note(NOTE).orElseGet(JsonObject::new);
    long up = note.getLong("at", now);
    knowsSinceMillis = note.getLong("knowsSince", now);
    if (now - up > ABSENCE.toMillis()) {
      LOG.warn("this node was away for long", "days", Duration.ofMillis(now - up).toDays());
      knowsSinceMillis = now;
      awayAtMillis = up;
      untouched.addAll(keys);
    }
  }

  /** Since when this node has missed no deletion. */
  synchronized long knowsSinceMillis() {
    return knowsSinceMillis;
  }

  /** When it was last up, if that was too long ago; 0 otherwise. */
  synchronized long awayAtMillis() {
    return awayAtMillis;
  }

  /** The key was written since this node started. */
  synchronized void touch(String key) {
    untouched.remove(key);
  }

  /** Whether the other was away and this node knows better than what it holds. */
  synchronized boolean overrules(RecordsMessage.Digest other) {
    return other.awayAtMillis() > 0 && knowsSinceMillis <= other.awayAtMillis();
  }

  /**
   * Drops what is old if the node met, with that digest, knows better; true when it did. This node
   * says that it was away until all of it is dropped, so that nobody takes it over.
   */
  synchronized boolean giveWay(RecordsMessage.Digest other, Consumer<List<String>> drop) {
    if (awayAtMillis == 0 || other.knowsSinceMillis() > awayAtMillis) {
      return false;
    }
    LOG.warn("old records give way to the herd's", "records", untouched.size());
    drop.accept(List.copyOf(untouched));
    present();
    return true;
  }

  /** All that a node with that digest knew is known here now. */
  synchronized void inherit(RecordsMessage.Digest other) {
    knowsSinceMillis = Math.min(knowsSinceMillis, other.knowsSinceMillis());
  }

  /** Notes on the disk that this node is up; for when it has been away. */
  void note(boolean always) {
    JsonObject note;
    synchronized (this) {
      long now = clock.millis();
      if (now - startedMillis > SEARCH.toMillis()) {
        present();
      }
      // As long as it has not given way, it is still as away as it was.
      if (awayAtMillis > 0 || !always && now - notedMillis < NOTE_EVERY.toMillis()) {
        return;
      }
      notedMillis = now;
      note = new JsonObject().put("at", now).put("knowsSince", knowsSinceMillis);
    }
    try {
      store.note(NOTE, note);
    } catch (Refused e) {
      LOG.warn("not noted that this node is up", "reason", e.getMessage());
    }
  }

  private void present() {
    awayAtMillis = 0;
    untouched.clear();
  }
}

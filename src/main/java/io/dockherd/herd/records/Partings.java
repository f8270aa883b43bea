package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which nodes went without leaving and are not back, and since when. They may be alive on the other
 * side of a split, holding what was deleted here meanwhile; so deletions since the first of them
 * went are not forgotten, up to {@link #LIMIT}. (A node that was switched off instead gives way by
 * itself: {@link Continuity}.)
 */
final class Partings {
  /** How long a split may last before what was deleted on one side can come back from the other. */
  static final Duration LIMIT = Duration.ofDays(90);

  private static final Log LOG = Log.of(Partings.class);
  private static final String NOTE = "parted";

  private final RecordStore store;
  private final InstantSource clock;
  private final Map<String, Long> since = new HashMap<>();
  private boolean noted = true;

  /** With what the store has noted before. */
  Partings(RecordStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    JsonObject note = store.note(NOTE).orElseGet(JsonObject::new);
    note.fieldNames().forEach(name -> since.put(name, note.getLong(name)));
  }

  /** The node of that name has gone; orderly if it said so itself. */
  synchronized void left(String name, boolean orderly) {
    if (orderly) {
      back(name);
    } else {
      noted &= since.putIfAbsent(name, clock.millis()) != null;
    }
  }

  /**
   * The node of that name is there and holds what this one does. Not as soon as it is there: what
   * was forgotten before it had heard of it would come back with it.
   */
  synchronized void back(String name) {
    noted &= since.remove(name) == null;
  }

  /** When the first of those who are not back went. */
  synchronized OptionalLong firstMillis() {
    long limit = clock.millis() - LIMIT.toMillis();
    noted &= !since.values().removeIf(went -> went < limit);
    return since.values().stream().mapToLong(Long::longValue).min();
  }

  /** Keeps it over a restart, if it has changed. */
  void note() {
    JsonObject note = new JsonObject();
    synchronized (this) {
      if (noted) {
        return;
      }
      noted = true;
      since.forEach(note::put);
    }
    try {
      store.note(NOTE, note);
    } catch (Refused e) {
      LOG.warn("not noted which nodes are away", "reason", e.getMessage());
      synchronized (this) {
        noted = false;
      }
    }
  }
}

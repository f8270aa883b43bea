package io.dockherd.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How far an event stream was told, so that the next one goes on there: from when on to ask, and
 * what of it is known already.
 */
final class ToldEvents {
  /** More than an engine repeats: it remembers its last 256. */
  private static final int REMEMBERED = 1024;

  private final Instant since;
  private final Duration overlap;
  private final Set<Event> last = new LinkedHashSet<>();
  private Instant reached;

  /** What tells events apart; not the whole text, for a thousand of them would be a megabyte. */
  private record Event(long timeNanos, int length, int hash) {}

  ToldEvents(Instant since, Duration overlap) {
    this.since = since;
    this.overlap = overlap;
    this.reached = since;
  }

  /** From when on to ask. */
  Instant resumeFrom() {
    Instant from = reached.minus(overlap);
    return from.isBefore(since) ? since : from;
  }

  /** Notes an event; false when it was noted before. */
  boolean add(EngineEvent event) {
    String text = event.json().encode();
    if (!last.add(new Event(event.timeNanos(), text.length(), text.hashCode()))) {
      return false;
    }
    if (last.size() > REMEMBERED) {
      last.remove(last.iterator().next());
    }
    // Not the latest of all: when an engine's clock is set back, its new events come before.
    reached = Instant.EPOCH.plusNanos(event.timeNanos());
    return true;
  }
}

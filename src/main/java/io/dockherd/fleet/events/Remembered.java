package io.dockherd.fleet.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of the herd.
 *
 * @param events in order
 * @param ends journal → the number of its last event then: what has a higher one is not among them
 */
public record Remembered(List<HerdEvent> events, Map<String, Long> ends) {
  static final Instant END_OF_TIME = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000L - 1);

  public Remembered {
    events = List.copyOf(events);
    ends = Map.copyOf(ends);
  }

  /** Whether that event came later and is not among these. */
  public boolean isBefore(HerdEvent event) {
    return event.number() > ends.getOrDefault(event.journal(), 0L);
  }
}

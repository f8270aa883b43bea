package io.dockherd.fleet.rescheduling;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How long each piece of work rests before it is taken up again. */
final class Pauses {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Map<String, Pause> pauses = new HashMap<>();

  private record Pause(Duration length, long untilNanos) {}

  synchronized boolean isOver(String key) {
    Pause pause = pauses.get(key);
    return pause == null || System.nanoTime() - pause.untilNanos >= 0;
  }

  /** After a step that went well. */
  synchronized void shortest(String key) {
    begin(key, FIRST);
  }

  /** After one that did not: twice the last one. How long it is. */
  synchronized Duration longer(String key) {
    Pause last = pauses.get(key);
    Duration next = last == null ? FIRST : last.length.multipliedBy(2);
    return begin(key, next.compareTo(LONGEST) < 0 ? next : LONGEST);
  }

  /** After something nobody foresaw. */
  synchronized void longest(String key) {
    begin(key, LONGEST);
  }

  /** Forgets all but those. */
  synchronized void keep(Set<String> keys) {
    pauses.keySet().retainAll(keys);
  }

  private Duration begin(String key, Duration length) {
    pauses.put(key, new Pause(length, System.nanoTime() + length.toNanos()));
    return length;
  }
}

package io.dockherd.herd.discovery;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What to believe of a list whose entries have a time to live. While the store was away nobody
 * could prolong theirs, so afterwards entries are missing of which nothing else is known: for one
 * more time to live, what was listed before stays. The same where a list is empty at once.
 */
final class Patience {
  private final long nanos;
  private final int most;
  private Set<HostPort> believed = Set.of();
  private boolean isDoubting;
  private long doubtsUntil;

  /**
   * Nothing listed yet.
   *
   * @param length how long missing entries stay
   * @param most how many entries are believed at once
   */
  Patience(Duration length, int most) {
    this.nanos = length.toNanos();
    this.most = most;
  }

  /**
   * What to go on with, now that this is listed.
   *
   * @param isAfterOutage whether the store could not be asked just before
   * @param now in nanoseconds of any clock that only goes forward
   */
  List<HostPort> take(List<HostPort> listed, boolean isAfterOutage, long now) {
    boolean isSuddenlyEmpty = listed.isEmpty() && !believed.isEmpty() && !isDoubting;
    if (isAfterOutage || isSuddenlyEmpty) {
      isDoubting = true;
      doubtsUntil = now + nanos;
    }
    isDoubting = isDoubting && now - doubtsUntil < 0 && !listed.containsAll(believed);
    Set<HostPort> next = new LinkedHashSet<>(listed);
    if (isDoubting) {
      believed.stream().filter(_ -> next.size() < most).forEach(next::add);
    }
    believed = next;
    return List.copyOf(next);
  }
}

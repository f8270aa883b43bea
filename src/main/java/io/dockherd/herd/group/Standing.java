package io.dockherd.herd.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where this peer's view stands among others that it can't be one with, by the latest {@link
 * MergeCheck}s. One check may fail for a busy peer or a connection that is being made, so nothing
 * that can't be taken back comes of fewer than {@link #PATIENCE} in a row.
 */
final class Standing<P> {
  static final int PATIENCE = 4;

  private final long freshNanos;
  private Optional<P> leftOutBy = Optional.empty();
  private long checkedNanos;
  private int blocked;
  private Map<P, Integer> misfitting = Map.of();

  /**
   * Nothing has been checked.
   *
   * @param fresh for how long a check says that the view is left out
   */
  Standing(Duration fresh) {
    freshNanos = fresh.toNanos();
  }

  /** Another check; times are as of {@link System#nanoTime}. */
  void checked(MergeCheck.Outcome<P> outcome, long nowNanos) {
    leftOutBy = outcome.leftOutBy();
    checkedNanos = nowNanos;
    blocked = outcome.missing().isEmpty() ? 0 : blocked + 1;
    Map<P, Integer> before = misfitting;
    misfitting = new HashMap<>();
    outcome
        .misfits()
        .keySet()
        .forEach(oldest -> misfitting.put(oldest, before.getOrDefault(oldest, 0) + 1));
  }

  /** Those of the last check's misfits who have been that for long enough to part from them. */
  Set<P> misfits(MergeCheck.Outcome<P> last) {
    Set<P> misfits = new HashSet<>();
    misfitting.forEach(
        (oldest, times) -> {
          if (times >= PATIENCE) {
            misfits.addAll(last.misfits().get(oldest));
          }
        });
    return misfits;
  }

  /** Whether links have been missing for so long that people should know. */
  boolean isKeptApart() {
    return blocked >= PATIENCE;
  }

  /** The oldest of the view that is better company for others, if a check has just shown one. */
  Optional<P> leftOutBy(long nowNanos) {
    return leftOutBy.filter(_ -> nowNanos - checkedNanos < freshNanos);
  }

  /**
   * This peer's view is another.
   *
   * @param grew whether there is somebody in it who was not
   */
  void changed(boolean grew) {
    misfitting = Map.of();
    if (grew) {
      leftOutBy = Optional.empty();
      blocked = 0;
    }
  }
}

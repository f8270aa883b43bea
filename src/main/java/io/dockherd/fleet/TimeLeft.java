package io.dockherd.fleet;

import java.time.Duration;

/** What is left of a time limit. */
public record TimeLeft(long untilNanos) {
  /** So much from now on. */
  public static TimeLeft of(Duration limit) {
    return new TimeLeft(System.nanoTime() + limit.toNanos());
  }

  /** Whether nothing is left. */
  public boolean isOver() {
    return untilNanos - System.nanoTime() <= 0;
  }

  /** At least a millisecond, so that it is always a limit. */
  public Duration get() {
    return Duration.ofNanos(Math.max(1_000_000, untilNanos - System.nanoTime()));
  }
}

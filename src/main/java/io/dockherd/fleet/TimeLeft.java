package io.dockherd.fleet;

import java.time.Duration;

/** What is left of a time limit. */
record TimeLeft(long untilNanos) {
  static TimeLeft of(Duration limit) {
    return new TimeLeft(System.nanoTime() + limit.toNanos());
  }

  boolean isOver() {
    return untilNanos - System.nanoTime() <= 0;
  }

  /** At least a millisecond, so that it is always a limit. */
  Duration get() {
    return Duration.ofNanos(Math.max(1_000_000, untilNanos - System.nanoTime()));
  }
}

package io.dockherd.herd.records;

import java.time.Duration;

/** A moment until which something may take. */
record Deadline(long atNanos) {
  static Deadline in(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  /** This one, or that much from now if it is sooner. */
  Deadline atMost(Duration limit) {
    Deadline sooner = in(limit);
    return sooner.atNanos - atNanos < 0 ? sooner : this;
  }

  long nanosLeft() {
    return atNanos - System.nanoTime();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, nanosLeft()));
  }

  boolean hasPassed() {
    return nanosLeft() <= 0;
  }
}

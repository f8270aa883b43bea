package io.dockherd.doors.actions;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment by which an action is to be done; each step of it gets what is left. */
public final class Deadline {
  private static final long LEAST_NANOS = 1_000_000;

  private final LongSupplier nanos;
  private final long end;

  private Deadline(LongSupplier nanos, long end) {
    this.nanos = nanos;
    this.end = end;
  }

  /** So long from now. */
  public static Deadline in(Duration limit) {
    return in(limit, System::nanoTime);
  }

  static Deadline in(Duration limit, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + limit.toNanos());
  }

  /** What is left; never less than a millisecond, so that a late step fails by itself. */
  public Duration left() {
    return Duration.ofNanos(Math.max(end - nanos.getAsLong(), LEAST_NANOS));
  }

  /** What is left, but not more than {@code most}. */
  public Duration left(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }
}

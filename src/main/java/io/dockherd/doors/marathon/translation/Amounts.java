package io.dockherd.doors.marathon.translation;

import java.time.Duration;

/** Marathon's numbers in the herd's units. */
final class Amounts {
  private Amounts() {}

  /** To the millisecond. */
  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(Math.min(seconds, Integer.MAX_VALUE) * 1000));
  }

  static long nanoCpus(double cpus) {
    return Math.round(cpus * 1_000_000_000L);
  }

  static long mebibytes(double mebibytes) {
    return Math.round(mebibytes * (1 << 20));
  }
}

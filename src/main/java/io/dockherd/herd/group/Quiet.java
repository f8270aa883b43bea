package io.dockherd.herd.group;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Lets one line pass a while, so that a stranger can't fill the log. */
final class Quiet {
  private final long pauseNanos;
  private long lastNanos;
  private long suppressed;
  private boolean said;

  Quiet(Duration pause) {
    pauseNanos = pause.toNanos();
  }

  /** Says it now, with the number of times it was kept back before, or keeps it back. */
  synchronized void say(LongConsumer line) {
    long now = System.nanoTime();
    if (said && now - lastNanos < pauseNanos) {
      suppressed++;
      return;
    }
    said = true;
    lastNanos = now;
    line.accept(suppressed);
    suppressed = 0;
  }
}

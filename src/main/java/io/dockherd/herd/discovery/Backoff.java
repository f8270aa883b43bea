package io.dockherd.herd.discovery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before asking again whoever did not answer: a second, doubled up to half a
 * minute.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);

  private Duration next = FIRST;

  /** Waits, each time longer, but never longer than {@code limit}. */
  void sleep(Duration limit) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(step(limit).toNanos());
  }

  /** How long the next wait is: a random part of it is left out, lest all nodes ask at once. */
  Duration step(Duration limit) {
    Duration step = next.compareTo(limit) < 0 ? next : limit;
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(MOST) < 0 ? twice : MOST;
    return step.multipliedBy(ThreadLocalRandom.current().nextInt(75, 101)).dividedBy(100);
  }

  /** It has answered. */
  void reset() {
    next = FIRST;
  }
}

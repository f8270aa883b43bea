package io.dockherd.apps.pods;

import io.dockherd.apps.model.Restart;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a container has been restarted in place of late, and so when the next time is.
 *
 * @param inARow restarts since it last ran long enough to count as well
 */
record RestartTally(Restart rule, int inARow) {
  /** Where nothing is said of it. */
  private static final Duration WELL = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** What the second wait is where the first is none: a program that can't start must not spin. */
  private static final Duration LEAST = Duration.ofMillis(100);

  static RestartTally of(Restart rule) {
    return new RestartTally(rule, 0);
  }

  /** The next restart, and how long to wait for it. */
  record Next(Duration pause, RestartTally tally) {}

  /**
   * What is to be done when it has ended.
   *
   * @param isWell whether with 0, and not for want of memory
   * @param ran how long
   * @return empty: it stays as it is
   */
  Optional<Next> after(boolean isWell, Duration ran) {
    boolean isToBe =
        switch (rule.when()) {
          case NEVER -> false;
          case ON_FAILURE -> !isWell;
          case ALWAYS -> true;
        };
    Duration window = rule.window().isZero() ? WELL : rule.window();
    int row = ran.compareTo(window) >= 0 ? 0 : inARow;
    if (!isToBe || rule.attempts() > 0 && row >= rule.attempts()) {
      return Optional.empty();
    }
    return Optional.of(new Next(pause(row), new RestartTally(rule, row + 1)));
  }

  private Duration pause(int row) {
    if (row == 0) {
      return rule.delay();
    }
    long first = Math.max(rule.delay().toMillis(), LEAST.toMillis());
    long millis = row > 20 ? LONGEST.toMillis() : first << row;
    return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
  }
}

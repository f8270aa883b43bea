package io.dockherd.apps.health;

import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.HealthCheck;
import java.time.Instant;

/** How what a check says is counted. */
public final class Checkup {
  private Checkup() {}

  /**
   * What is known after one more answer. A failure before the first success is none while the grace
   * lasts.
   *
   * @param running since when the instance has been running
   */
  public static CheckResult after(
      HealthCheck check, CheckResult before, Outcome outcome, Instant running, Instant now) {
    return switch (outcome) {
      case Outcome.Nothing nothing -> before;
      case Outcome.Well well ->
          new CheckResult(
              true,
              0,
              before.firstSuccessMillis() == 0 ? now.toEpochMilli() : before.firstSuccessMillis(),
              now.toEpochMilli(),
              before.lastFailureMillis(),
              before.lastFailureCause());
      case Outcome.Ill(String cause) ->
          isForgiven(check, before, running, now)
              ? before
              : new CheckResult(
                  false,
                  before.consecutiveFailures() + 1,
                  before.firstSuccessMillis(),
                  before.lastSuccessMillis(),
                  now.toEpochMilli(),
                  cause);
    };
  }

  private static boolean isForgiven(
      HealthCheck check, CheckResult before, Instant running, Instant now) {
    return before.firstSuccessMillis() == 0 && now.isBefore(running.plus(check.grace()));
  }

  /** Whether the instance is to be replaced: so many failures in a row, exactly. */
  public static boolean isFatal(HealthCheck check, CheckResult result) {
    return check.failures() > 0 && result.consecutiveFailures() >= check.failures();
  }
}

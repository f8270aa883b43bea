package io.dockherd.apps.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckupTest {
  private static final Instant START = Instant.ofEpochSecond(1000);
  private static final HealthCheck CHECK =
      new HealthCheck(
          new HealthCheck.Probe.Tcp(0, 0),
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          3);

  private static CheckResult after(CheckResult before, Outcome outcome, int seconds) {
    return Checkup.after(CHECK, before, outcome, START, START.plusSeconds(seconds));
  }

  private static final Outcome WELL = new Outcome.Well();
  private static final Outcome ILL = new Outcome.Ill("refused");

  @Test
  void failuresWithinTheGraceAreNone() {
    CheckResult result = CheckResult.NONE;
    for (int second = 0; second < 60; second++) {
      result = after(result, ILL, second);
    }
    assertSame(CheckResult.NONE, result);
    assertEquals(1, after(result, ILL, 60).consecutiveFailures());
  }

  @Test
  void theFirstSuccessEndsTheGrace() {
    CheckResult result = after(after(CheckResult.NONE, WELL, 1), ILL, 2);
    assertEquals(1, result.consecutiveFailures());
    assertFalse(result.isAlive());
    assertEquals("refused", result.lastFailureCause());
    assertEquals(1_001_000, result.firstSuccessMillis());
    assertEquals(1_002_000, result.lastFailureMillis());
  }

  @Test
  void exactlySoManyInARowAreFatal() {
    CheckResult result = after(CheckResult.NONE, WELL, 1);
    for (int failures = 1; failures <= 2; failures++) {
      result = after(result, ILL, 10);
      assertFalse(Checkup.isFatal(CHECK, result));
    }
    assertTrue(Checkup.isFatal(CHECK, after(result, ILL, 11)));
    CheckResult recovered = after(result, WELL, 11);
    assertEquals(0, recovered.consecutiveFailures());
    assertTrue(recovered.isAlive());
    assertFalse(Checkup.isFatal(CHECK, after(recovered, ILL, 12)));
  }

  @Test
  void zeroFailuresAreOnlyTold() {
    HealthCheck lenient =
        new HealthCheck(CHECK.probe(), Duration.ZERO, CHECK.interval(), CHECK.timeout(), 0);
    CheckResult result = CheckResult.NONE;
    for (int i = 0; i < 10; i++) {
      result = Checkup.after(lenient, result, ILL, START, START.plusSeconds(i));
    }
    assertEquals(10, result.consecutiveFailures());
    assertFalse(Checkup.isFatal(lenient, result));
  }

  @Test
  void anAnswerThatSaysNothingChangesNothing() {
    CheckResult result = after(CheckResult.NONE, WELL, 1);
    assertSame(result, after(result, new Outcome.Nothing(), 2));
  }
}

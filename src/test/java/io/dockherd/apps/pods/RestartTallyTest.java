package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.Restart;
import io.dockherd.apps.model.Restart.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartTallyTest {
  private static final Duration AT_ONCE = Duration.ZERO;

  private static Restart rule(When when, int attempts, int delayMillis) {
    return new Restart(when, attempts, Duration.ofMillis(delayMillis), Duration.ofSeconds(5));
  }

  /** The pauses of one that fails again and again. */
  private static List<Long> pauses(Restart rule, int most) {
    List<Long> pauses = new ArrayList<>();
    Optional<RestartTally.Next> next = RestartTally.of(rule).after(false, AT_ONCE);
    while (next.isPresent() && pauses.size() < most) {
      pauses.add(next.get().pause().toMillis());
      next = next.get().tally().after(false, AT_ONCE);
    }
    return pauses;
  }

  @Test
  void pausesDoubleUpToAMinute() {
    assertEquals(
        List.of(5000L, 10000L, 20000L, 40000L, 60000L, 60000L),
        pauses(rule(When.ALWAYS, 0, 5000), 6));
    assertEquals(List.of(0L, 200L, 400L, 800L), pauses(rule(When.ON_FAILURE, 0, 0), 4));
  }

  @Test
  void afterSoManyAttemptsItStaysAsItIs() {
    assertEquals(3, pauses(rule(When.ON_FAILURE, 3, 1), 10).size());
    assertEquals(0, pauses(rule(When.NEVER, 3, 1), 10).size());
  }

  @Test
  void hundredsOfRestartsDoNotOverflow() {
    assertEquals(60_000L, pauses(rule(When.ALWAYS, 0, 5000), 200).getLast());
  }

  @Test
  void oneThatRanLongEnoughBeginsAnew() {
    RestartTally tally = new RestartTally(rule(When.ON_FAILURE, 3, 1000), 3);
    assertTrue(tally.after(false, Duration.ofSeconds(4)).isEmpty());
    RestartTally.Next next = tally.after(false, Duration.ofSeconds(5)).orElseThrow();
    assertEquals(Duration.ofSeconds(1), next.pause());
    assertEquals(1, next.tally().inARow());
  }

  @Test
  void oneThatEndedWellIsStartedAgainOnlyWhereThatIsWanted() {
    assertTrue(RestartTally.of(rule(When.ON_FAILURE, 0, 0)).after(true, AT_ONCE).isEmpty());
    assertTrue(RestartTally.of(rule(When.ALWAYS, 0, 0)).after(true, AT_ONCE).isPresent());
  }

  @Test
  void whereNothingIsSaidTenSecondsAreLongEnough() {
    Restart unsaid = new Restart(When.ON_FAILURE, 1, AT_ONCE, Duration.ZERO);
    RestartTally tally = new RestartTally(unsaid, 1);
    assertTrue(tally.after(false, Duration.ofSeconds(9)).isEmpty());
    assertTrue(tally.after(false, Duration.ofSeconds(10)).isPresent());
  }
}

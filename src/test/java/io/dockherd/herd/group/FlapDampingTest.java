package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is lost again and again is not met again at once. */
class FlapDampingTest {
  private final FlapDamping<String> damping = new FlapDamping<>();

  @Test
  void whoWasLostOftenIsHeldUntilTheFirstTimeIsLongAgo() {
    for (int loss = 1; loss < FlapDamping.LOSSES; loss++) {
      damping.lost(List.of("b", "c"), after(0, 10 * loss));
      assertFalse(damping.holds("b", after(0, 10 * loss + 1)), "after " + loss + " losses");
    }
    damping.lost(List.of("b"), after(4, 0));
    assertTrue(damping.holds("b", after(4, 1)));
    assertTrue(damping.holds("b", after(5, 9)));
    assertFalse(damping.holds("b", after(5, 10)), "the first loss is no more within the window");
    assertFalse(damping.holds("c", after(4, 1)), "lost once less");
  }

  @Test
  void aLinkThatGoesOnFlappingPartsTheHerdSoOftenInAWindowAtMost() {
    int partings = 0;
    for (int second = 0; second < 3600; second += 10) {
      if (!damping.holds("b", after(0, second))) {
        damping.lost(List.of("b"), after(0, second));
        partings++;
      }
    }
    int most = FlapDamping.LOSSES * (int) Duration.ofHours(1).dividedBy(FlapDamping.WINDOW);
    assertTrue(partings <= most, partings + " in an hour, not " + most);
  }

  @Test
  void whoeverIsLostNowAndThenIsNeverHeld() {
    for (int minute = 0; minute < 100; minute++) {
      damping.lost(List.of("b"), after(minute, 0));
      assertFalse(damping.holds("b", after(minute, 0)));
    }
  }

  private static long after(int minutes, int seconds) {
    return Duration.ofMinutes(minutes).plusSeconds(seconds).toNanos() - Long.MAX_VALUE;
  }
}

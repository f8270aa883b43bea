package io.dockherd.apps.planning;

import io.dockherd.scheduling.Scheduler;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Says what is to be done next for an app. Each answer is whole: it looks at what is, not at what
 * was planned before, so it may be asked as often as one likes, and by several.
 *
 * @param scheduler where instances go, beyond what their app says
 * @param random for the tokens of new instances
 * @param moves how many may be on the move at once for balance's sake; 0: none
 */
public record Planner(Scheduler scheduler, RandomGenerator random, int moves) {
  public Planner {
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(random, "random");
  }

  /** The next steps. */
  public Planned plan(Situation situation) {
    return new Planning(this, situation).plan();
  }
}

package io.dockherd.apps.planning;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.apps.model.UpdatePolicy;
import java.time.Duration;
import java.util.Optional;

/** Whether a rollout has failed, and what becomes of it then. */
final class Verdict {
  private Verdict() {}

  /** The step that ends a rollout that has failed; empty while there is hope. */
  static Optional<Step> of(Situation situation, int wanted) {
    return situation
        .app()
        .rollout()
        .filter(Rollout::isRunning)
        .flatMap(rollout -> reason(situation, rollout, wanted))
        .flatMap(reason -> step(situation, reason));
  }

  private static Optional<String> reason(Situation situation, Rollout rollout, int wanted) {
    UpdatePolicy policy = situation.config().update();
    int failed = situation.outcomes().row().failedIn(rollout.id());
    boolean isReplacing =
        rollout.kind() == Rollout.Kind.UPDATE || rollout.kind() == Rollout.Kind.ROLLBACK;
    if (isReplacing && failed > policy.maxFailureRatio() * wanted) {
      String why = situation.outcomes().last().map(last -> ": " + last.message()).orElse("");
      return Optional.of(failed + " new instances failed" + why);
    }
    Duration taken = Duration.between(rollout.started(), situation.now());
    return policy.deadline().isPositive() && taken.compareTo(policy.deadline()) > 0
        ? Optional.of("it was not through within " + policy.deadline().toSeconds() + " s")
        : Optional.empty();
  }

  private static Optional<Step> step(Situation situation, String reason) {
    App app = situation.app();
    Optional<RevisionId> back =
        app.stable()
            .filter(stable -> !stable.equals(app.revision()))
            .filter(stable -> app.rollout().orElseThrow().kind() == Rollout.Kind.UPDATE);
    return switch (situation.config().update().onFailure()) {
      case CONTINUE -> Optional.empty();
      case PAUSE -> Optional.of(new Step.Pause(app.path(), reason));
      case ROLLBACK ->
          Optional.of(
              back.<Step>map(to -> new Step.RollBack(app.path(), to, reason))
                  .orElseGet(() -> new Step.Pause(app.path(), reason)));
    };
  }
}

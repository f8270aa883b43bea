package io.dockherd.apps.compose;

import io.dockherd.apps.model.Restart;
import io.dockherd.compose.model.Deployment.Mode;
import io.dockherd.compose.model.Service;
import java.time.Duration;
import java.util.Map;

/** What becomes of a container that ends. */
final class Restarts {
  /** An engine's own wait before it starts a container again. */
  private static final Duration SOON = Duration.ofMillis(100);

  /**
   * A container that falls over again and again is made anew, perhaps elsewhere; and whoever rolls
   * out a change learns that it is no good.
   */
  private static final int IN_PLACE = 3;

  private Restarts() {}

  /** In place, before it is the pod's matter. */
  static Restart of(Service service, Scope scope) {
    io.dockherd.compose.model.Restart said = service.restart();
    int attempts = said.mostAttempts().orElse(scope.isPod() ? 0 : IN_PLACE);
    return switch (said.when()) {
      case UNSAID, NEVER -> Restart.NEVER;
      case ON_FAILURE -> restart(Restart.When.ON_FAILURE, attempts, said);
      case ALWAYS, UNLESS_STOPPED -> restart(Restart.When.ALWAYS, attempts, said);
    };
  }

  private static Restart restart(
      Restart.When when, int attempts, io.dockherd.compose.model.Restart said) {
    return new Restart(
        when, attempts, said.delay().orElse(SOON), said.window().orElse(Duration.ZERO));
  }

  /**
   * Whether it is done when it has ended with 0: it is a job by its mode, by its restart policy, or
   * because another waits for its end.
   */
  static boolean isJob(Service service, Map<String, Service> all) {
    Mode mode = service.deployment().mode();
    return mode == Mode.REPLICATED_JOB
        || mode == Mode.GLOBAL_JOB
        || switch (service.restart().when()) {
          case NEVER, ON_FAILURE -> true;
          case ALWAYS, UNLESS_STOPPED -> false;
          case UNSAID -> isAwaited(service, all);
        };
  }

  /** Whether another waits for its end. */
  static boolean isAwaited(Service service, Map<String, Service> all) {
    return all.values().stream()
        .map(other -> other.dependsOn().get(service.name()))
        .anyMatch(
            need ->
                need != null
                    && need.condition()
                        == io.dockherd.compose.model.Dependency.Condition.COMPLETED);
  }
}

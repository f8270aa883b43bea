package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import java.time.Duration;

/** How long an action may take, from what was asked and what was set. */
@FunctionalInterface
interface Limit {
  /** What the engine gives a container by itself to stop. */
  Duration USUAL_GRACE = Duration.ofSeconds(10);

  /** For actions that only ask. */
  Limit ASKING = (request, settings) -> settings.taskTimeout();

  /** For actions that make or change one container. */
  Limit CHANGING = (request, settings) -> settings.newContainerTimeout();

  /** For actions that move images. */
  Limit PULLING =
      (request, settings) -> settings.newContainerTimeout().plus(settings.pullTimeout());

  Duration of(ActionRequest request, ActionSettings settings);

  /** For actions that stop a container: its grace, and the time to change it. */
  static Limit stopping(Field<Long> grace) {
    return (request, settings) ->
        request
            .get(grace)
            .map(Duration::ofSeconds)
            .orElse(USUAL_GRACE)
            .plus(settings.newContainerTimeout());
  }
}

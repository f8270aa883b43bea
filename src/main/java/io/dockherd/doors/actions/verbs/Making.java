package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import java.time.Duration;

/** An action that makes containers. */
interface Making extends Action {
  /** How they are made. */
  Creating creating();

  @Override
  default String verb() {
    return "container.create";
  }

  @Override
  default boolean changes() {
    return true;
  }

  @Override
  default String subject(ActionRequest request) {
    return request.get(Creating.NAME).orElseGet(() -> Action.super.subject(request));
  }

  @Override
  default Duration limit(ActionRequest request, ActionSettings settings) {
    return creating().limit(request, settings);
  }
}

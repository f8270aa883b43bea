package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import java.time.Duration;
import java.util.List;

/** An action of one name that changes nothing and, unless it says otherwise, has no own fields. */
interface Asking extends Action {
  @Override
  default boolean changes() {
    return false;
  }

  @Override
  default List<Field<?>> fields() {
    return List.of();
  }

  @Override
  default Duration limit(ActionRequest request, ActionSettings settings) {
    return Limit.ASKING.of(request, settings);
  }
}

package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** An action on templates. */
record TemplateAction(
    List<String> names,
    String verb,
    boolean changes,
    List<Field<?>> fields,
    Function<ActionRequest, Reply> work)
    implements Action {
  TemplateAction {
    names = List.copyOf(names);
    fields = List.copyOf(fields);
  }

  @Override
  public String subject(ActionRequest request) {
    return request
        .get(TemplateActions.NAME)
        .or(() -> request.get(CreateContainer.TEMPLATE))
        .orElse("");
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return changes ? settings.newContainerTimeout() : settings.taskTimeout();
  }

  @Override
  public Reply perform(ActionRequest request) {
    return work.apply(request);
  }
}

package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.fleet.Fleet;
import java.time.Duration;
import java.util.List;

/** An action on one container, done by the engine that owns it. */
record ContainerAction(
    List<String> names,
    boolean changes,
    Limit limit,
    List<Field<?>> fields,
    Whereabouts whereabouts,
    Work work)
    implements Action {

  /** What is done with the container that was found. */
  @FunctionalInterface
  interface Work {
    Reply on(Fleet.Located container, ActionRequest request);
  }

  ContainerAction {
    names = List.copyOf(names);
    fields = List.copyOf(fields);
  }

  @Override
  public String verb() {
    return verb(name());
  }

  /** {@code container.stop} for {@code stop-container}. */
  static String verb(String name) {
    return "container." + name.substring(0, name.indexOf('-'));
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return limit.of(request, settings);
  }

  @Override
  public Reply perform(ActionRequest request) {
    return work.on(whereabouts.container(request), request);
  }
}

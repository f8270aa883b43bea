package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Fleet;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** An action that asks one container's engine one thing and changes nothing. */
record ContainerRead(
    List<String> names,
    Limit limit,
    List<Field<?>> fields,
    Whereabouts whereabouts,
    BiFunction<Fleet.Located, ActionRequest, EngineRequest> question)
    implements Action {
  ContainerRead {
    names = List.copyOf(names);
    fields = List.copyOf(fields);
  }

  @Override
  public String verb() {
    return ContainerAction.verb(name());
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return limit.of(request, settings);
  }

  @Override
  public Reply perform(ActionRequest request) {
    Fleet.Located container = whereabouts.container(request);
    return EngineCalls.envelope(container.host(), question.apply(container, request));
  }

  @Override
  public Optional<Future<Reply>> atOnce(ActionRequest request) {
    return whereabouts
        .known(request)
        .map(
            container ->
                EngineCalls.enveloped(container.host(), question.apply(container, request)));
  }
}

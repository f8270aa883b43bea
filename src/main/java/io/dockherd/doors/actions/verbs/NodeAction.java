package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A question to, or an order for, one node's engine, or with {@code all} every node's: lists,
 * pulls, prunes. Without {@code all} and without a node it is for the node that was asked.
 *
 * @param noun what an aggregate's entries stand under
 * @param needed those of its own fields that must be there
 */
record NodeAction(
    List<String> names,
    String verb,
    boolean changes,
    String noun,
    Limit limit,
    List<Field<?>> ownFields,
    List<Field<?>> needed,
    Fleet fleet,
    Whereabouts whereabouts,
    Work work)
    implements Action {
  static final Field<Boolean> ALL = Field.flag("all", "on every node");

  /** What is done on each node. */
  @FunctionalInterface
  interface Work {
    Reply on(Host host, ActionRequest request);
  }

  NodeAction {
    names = List.copyOf(names);
    ownFields = List.copyOf(ownFields);
    needed = List.copyOf(needed);
  }

  @Override
  public List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>(ownFields);
    fields.add(ALL);
    return fields;
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return limit.of(request, settings);
  }

  @Override
  public Reply perform(ActionRequest request) {
    // Once, and not as every node's own mistake.
    needed.forEach(request::need);
    return request.is(ALL)
        ? FanOut.ask(noun, fleet.hosts(), request.deadline(), host -> work.on(host, request))
            .reply()
        : work.on(whereabouts.nodeOrThis(request), request);
  }
}

package io.dockherd.apps.planning;

import io.dockherd.apps.Plan;
import io.dockherd.apps.model.InstanceId;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be done, and what whoever does it has to remember.
 *
 * @param moves an instance that goes for balance's sake → the one that is started in its place:
 *     among the moves of the next {@link Situation} once that has been done
 */
public record Planned(Plan plan, Map<InstanceId, InstanceId> moves) {
  public Planned {
    Objects.requireNonNull(plan, "plan");
    moves = Map.copyOf(moves);
  }
}

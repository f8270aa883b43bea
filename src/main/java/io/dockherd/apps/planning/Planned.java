package io.dockherd.apps.planning;

import io.dockherd.apps.Plan;
import io.dockherd.apps.model.InstanceId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be done, and what whoever does it has to remember.
 *
 * @param moves an instance that goes for balance's sake → the one that is started in its place:
 *     among the moves of the next {@link Situation} once that has been done
 * @param left slots that are at home on nodes that are away and have no home any more, for the app
 *     is smaller now
 */
public record Planned(Plan plan, Map<InstanceId, InstanceId> moves, Set<Integer> left) {
  public Planned {
    Objects.requireNonNull(plan, "plan");
    moves = Map.copyOf(moves);
    left = Set.copyOf(left);
  }
}

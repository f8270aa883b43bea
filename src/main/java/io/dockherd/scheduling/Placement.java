package io.dockherd.scheduling;

import io.dockherd.failure.Unplaceable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where containers go, and why nowhere else.
 *
 * @param nodes one node's name for each container, in the order they were decided; the same name
 *     may come again. Fewer than were asked for when no node was left for the rest
 * @param refused the nodes that can't take (more of) it → why, by name
 * @param conditions what of the demand kept nodes away, in Swarm's words: {@code [node==host-1]}
 */
public record Placement(List<String> nodes, Map<String, String> refused, List<String> conditions) {
  public Placement {
    nodes = List.copyOf(nodes);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    conditions = List.copyOf(conditions);
  }

  /**
   * The first place.
   *
   * @throws Unplaceable with each node's reason when there is none
   */
  public String first(Demand demand) {
    if (nodes.isEmpty()) {
      throw new Unplaceable(demand.subject(), refused, conditions);
    }
    return nodes.getFirst();
  }
}

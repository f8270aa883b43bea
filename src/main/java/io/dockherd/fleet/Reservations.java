package io.dockherd.fleet;

import io.dockherd.scheduling.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Places given away that facts don't show yet: each is counted at its node until the container made
 * by that very create call is among the node's facts. Without them a hundred calls at once would
 * all see the same empty node. Not safe for threads by itself.
 */
final class Reservations {
  /** Create call → node. */
  private final Map<String, Place> places = new HashMap<>();

  private record Place(String node, Tenant tenant, boolean isMade, long untilNanos) {}

  /** The call's container goes to that node. */
  void reserve(String creation, String node, Tenant tenant) {
    places.put(creation, new Place(node, tenant, false, 0));
  }

  /** Nothing came of it. */
  void release(String creation) {
    places.remove(creation);
  }

  /** It is there; facts will show it, or at that time it no longer counts. */
  void made(String creation, long untilNanos) {
    places.computeIfPresent(
        creation, (call, place) -> new Place(place.node, place.tenant, true, untilNanos));
  }

  /**
   * The create calls on their way to a node.
   *
   * @param shown the create calls whose containers its facts show
   */
  Set<String> pending(String node, Set<String> shown, long nowNanos) {
    places
        .entrySet()
        .removeIf(entry -> isOver(entry.getValue(), shown.contains(entry.getKey()), nowNanos));
    return places.entrySet().stream()
        .filter(entry -> entry.getValue().node.equals(node))
        .map(Map.Entry::getKey)
        .filter(creation -> !shown.contains(creation))
        .collect(Collectors.toSet());
  }

  /** What goes to a node, after {@link #pending} has cleared away what is there. */
  List<Tenant> tenants(Set<String> pending) {
    return pending.stream().map(creation -> places.get(creation).tenant).toList();
  }

  /** The nodes something is on its way to. */
  Set<String> nodes() {
    return places.values().stream().map(Place::node).collect(Collectors.toSet());
  }

  private static boolean isOver(Place place, boolean isShown, long nowNanos) {
    return place.isMade && (isShown || nowNanos - place.untilNanos >= 0);
  }
}

package io.dockherd.doors.actions.bus;

import io.dockherd.fleet.Fleet;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publishes what happens in the herd on {@code <cluster>.events}, each event once: those of an
 * engine by its own node; of a node's coming and going by the first other one by name.
 */
final class HerdEvents implements AutoCloseable {
  private final EventBus bus;
  private final String address;
  private final Fleet fleet;
  private final Members members;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private volatile boolean isOpen;

  HerdEvents(EventBus bus, String clusterAddress, Fleet fleet, Members members) {
    this.bus = bus;
    this.address = clusterAddress + ".events";
    this.fleet = fleet;
    this.members = members;
  }

  void open() {
    members.nodes().forEach(member -> known.add(member.name()));
    isOpen = true;
    fleet.listen(this::publish);
  }

  private void publish(JsonObject event) {
    if (isOpen && isOurs(event)) {
      bus.publish(address, event);
    }
  }

  private boolean isOurs(JsonObject event) {
    String node = event.getString("node", "");
    return switch (event.getString("type", "") + " " + event.getString("action", "")) {
      // Whoever begins to listen is told of all that are there as if they came just now.
      case "node joined" -> known.add(node) && isOursToTell(node);
      case "node left" -> {
        known.remove(node);
        yield isOursToTell(node);
      }
      // Every node tells of it, each as seen by itself.
      case "node healed" -> isOursToTell("");
      default -> node.equals(members.self().name());
    };
  }

  /** Whether we are the first of those present by name, but for the one it is about. */
  private boolean isOursToTell(String subject) {
    return members.nodes().stream()
        .map(Member::name)
        .filter(name -> !name.equals(subject))
        .findFirst()
        .filter(members.self().name()::equals)
        .isPresent();
  }

  @Override
  public void close() {
    isOpen = false;
  }
}

package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives ports that ask for 0 their service port: one from 10000 to 20000 that no other app of the
 * herd has, the one it had before if it had one.
 *
 * <p>Where the search begins depends on the app's id, so that two apps made at the same moment
 * through two nodes, or on two sides of a split, hardly ever get the same; and an app that is
 * deleted and made again gets the same again.
 */
final class ServicePorts {
  private static final int FIRST = 10_000;
  private static final int LAST = 20_000;
  private static final int SIZE = LAST - FIRST + 1;

  private final JsonObject app;
  private final List<Integer> before;
  private final Set<Integer> taken;
  private int next;

  private ServicePorts(JsonObject app, List<Integer> before, Set<Integer> taken) {
    this.app = app;
    this.before = before;
    this.taken = taken;
    this.next = FIRST + Math.floorMod(app.getString("id").hashCode(), SIZE);
  }

  /**
   * Gives them; {@code app} is changed.
   *
   * @param before the app as it was
   * @param others the service ports of all other apps
   */
  static void give(
      JsonObject app, Optional<JsonObject> before, Set<Integer> others, Violations wrong) {
    Set<Integer> taken = new HashSet<>(others);
    String field = PortList.serviceField(app);
    PortList.of(app).forEach(port -> taken.add(port.getInteger(field, 0)));
    List<Integer> had =
        before.map(PortList::servicePorts).orElse(new JsonArray()).stream()
            .map(port -> ((Number) port).intValue())
            .toList();
    new ServicePorts(app, had, taken).give(field, wrong);
  }

  private void give(String field, Violations wrong) {
    List<JsonObject> ports = PortList.of(app);
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i).getInteger(field, 0) == 0) {
        int port = port(i);
        wrong.require(
            port > 0,
            PortList.path(app, i),
            "no service port from " + FIRST + " to " + LAST + " is free: give one yourself");
        taken.add(port);
        ports.get(i).put(field, port);
      }
    }
  }

  /** 0 when all are taken. */
  private int port(int index) {
    if (index < before.size()) {
      int had = before.get(index);
      if (had >= FIRST && had <= LAST && !taken.contains(had)) {
        return had;
      }
    }
    for (int tried = 0; tried < SIZE; tried++) {
      int port = next;
      next = next == LAST ? FIRST : next + 1;
      // What another of its ports had and still wants is not given away.
      if (!taken.contains(port) && !before.contains(port)) {
        return port;
      }
    }
    return 0;
  }
}

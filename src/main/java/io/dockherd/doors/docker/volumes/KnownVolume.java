package io.dockherd.doors.docker.volumes;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * A volume of the herd.
 *
 * @param nodes where it is: one, unless its driver keeps one volume for several engines
 * @param entry of an engine's volume list
 */
record KnownVolume(String name, List<String> nodes, JsonObject entry) {
  KnownVolume {
    Objects.requireNonNull(name, "name");
    nodes = List.copyOf(nodes);
    Objects.requireNonNull(entry, "entry");
  }

  /** Whether it is on the one node only, whatever others have of that name. */
  boolean isLocal() {
    return isLocal(entry);
  }

  static boolean isLocal(JsonObject entry) {
    return !"global".equals(entry.getString("Scope"));
  }

  /** A node that has it. */
  String node() {
    return nodes.getFirst();
  }

  String driver() {
    return entry.getString("Driver", "");
  }

  JsonObject labels() {
    return entry.getValue("Labels") instanceof JsonObject labels ? labels : new JsonObject();
  }
}

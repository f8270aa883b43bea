package io.dockherd.doors.docker.volumes;

import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** The volumes that containers have, running or not. */
final class UsedVolumes {
  private UsedVolumes() {}

  /** As {@code node/name}. */
  static Set<String> of(Fleet fleet) {
    Set<String> used = new HashSet<>();
    for (ContainerFact container : fleet.containers()) {
      if (container.summary().getValue("Mounts") instanceof JsonArray mounts) {
        for (Object mount : mounts) {
          if (mount instanceof JsonObject object && "volume".equals(object.getString("Type"))) {
            used.add(container.node() + "/" + object.getString("Name"));
          }
        }
      }
    }
    return used;
  }
}

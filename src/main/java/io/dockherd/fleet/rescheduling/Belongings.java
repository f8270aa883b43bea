package io.dockherd.fleet.rescheduling;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What ties a container to the host it is on, whatever its policy says. */
final class Belongings {
  private static final List<String> LISTS = List.of("Binds", "VolumesFrom", "Links", "Devices");
  private static final List<String> MODES = List.of("NetworkMode", "PidMode", "IpcMode");

  private Belongings() {}

  /**
   * Whether nothing does: no data of the host's, no other container, no device.
   *
   * @param document in the engine's create syntax
   * @param summary as the engine's list has it, with the volumes its image asked for
   */
  static boolean areNone(JsonObject document, JsonObject summary) {
    JsonObject host = document.getJsonObject("HostConfig", new JsonObject());
    // One that is removed when it stops can't be there until the other has its name.
    return !host.getBoolean("AutoRemove", false)
        && LISTS.stream().allMatch(list -> isEmpty(host.getValue(list)))
        && MODES.stream().noneMatch(mode -> isAnother(host.getString(mode, "")))
        && hasNoData(host.getJsonArray("Mounts"))
        && hasNoData(summary.getJsonArray("Mounts"));
  }

  private static boolean isEmpty(Object value) {
    return !(value instanceof JsonArray list) || list.isEmpty();
  }

  private static boolean isAnother(String mode) {
    return mode != null && mode.startsWith("container:");
  }

  private static boolean hasNoData(JsonArray mounts) {
    return mounts == null
        || mounts.stream()
            .allMatch(mount -> "tmpfs".equals(((JsonObject) mount).getString("Type")));
  }
}

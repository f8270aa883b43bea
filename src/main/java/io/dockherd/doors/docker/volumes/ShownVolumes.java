package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.docker.containers.NameForm;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How volumes are shown: a local one by its plain name while it is the only one of that name, else
 * as {@code node/name}, so that what a list says can be asked for. {@code Status} tells the node,
 * the only field for that which clients print.
 */
final class ShownVolumes {
  private final NameForm form;
  private final Map<String, Long> namesakes;

  /**
   * @param all volumes of the herd
   */
  ShownVolumes(NameForm form, List<KnownVolume> all) {
    this.form = form;
    this.namesakes =
        all.stream().collect(Collectors.groupingBy(KnownVolume::name, Collectors.counting()));
  }

  String name(KnownVolume volume) {
    boolean isOnly = namesakes.getOrDefault(volume.name(), 0L) <= 1;
    boolean isPrefixed = form == NameForm.SWARM && volume.isLocal();
    return isOnly && !isPrefixed ? volume.name() : volume.node() + "/" + volume.name();
  }

  JsonObject shown(KnownVolume volume) {
    return shown(volume, volume.entry());
  }

  /** The same with a fresher description of it. */
  JsonObject shown(KnownVolume volume, JsonObject entry) {
    JsonObject shown = entry.copy().put("Name", name(volume));
    if (volume.isLocal()) {
      JsonObject status =
          entry.getValue("Status") instanceof JsonObject said ? said.copy() : new JsonObject();
      shown.put("Status", status.put("Node", volume.node()));
    }
    return shown;
  }
}

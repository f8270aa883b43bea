package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.Revision;
import io.dockherd.fleet.Hold;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes over an instance whose containers are there, after the node's process was started again.
 * Runs it as it is; starts again what has ended with the engine meanwhile; and brings up from the
 * beginning what was cut off before all its containers had been started.
 */
final class Adoption {
  private static final Log LOG = Log.of(Adoption.class);
  private static final String POD = "pod";
  private static final Hold NO_ROOM_NEEDED = () -> {};

  private final Workshop shop;
  private final InstanceKey key;
  private final Revision revision;

  Adoption(Workshop shop, InstanceKey key, Revision revision) {
    this.shop = shop;
    this.key = key;
    this.revision = revision;
  }

  /** Does it, on the instance's own thread. */
  RunningPod run(Telling telling, Bell bell, Consumer<List<ContainerSpec>> known) {
    List<JsonObject> found = shop.engine().containersOf(key.path(), key.id()).reversed();
    Map<String, String> ids = new LinkedHashMap<>();
    found.forEach(container -> ids.put(name(container), container.getString("Id")));
    if (found.isEmpty()) {
      return launch(telling, bell, known);
    }
    List<Integer> ports = ports(found);
    List<ContainerSpec> wanted = wanted(found);
    known.accept(wanted);
    if (!isWhole(wanted, ids)) {
      LOG.info("instance was cut off as it began: beginning anew", "instance", key);
      found.forEach(container -> shop.engine().remove(container.getString("Id")));
      return launch(telling, bell, known);
    }
    LOG.info("instance taken over", "instance", key);
    shop.ports().keep(key.toString(), ports);
    telling.on(ports);
    telling.has(ids);
    RunningPod pod =
        new RunningPod(
            shop.engine(),
            revision.config(),
            PodLayout.of(wanted),
            ids,
            telling,
            bell,
            shop.settings().look());
    pod.takeOver();
    if (pod.isDown()) {
      pod.rise(shop.settings().startLimit(), shop.settings().retry());
    }
    return pod;
  }

  private RunningPod launch(Telling telling, Bell bell, Consumer<List<ContainerSpec>> known) {
    return new Launch(shop, key, revision, telling, bell, known).run(NO_ROOM_NEEDED);
  }

  /**
   * What is noted of a pod that was read from files: whoever writes in its folder, as its own
   * containers may, is not to decide what it is.
   */
  static JsonObject note(List<ContainerSpec> containers) {
    return new JsonObject().put(POD, new PodSource.Written(containers).json());
  }

  private List<ContainerSpec> wanted(List<JsonObject> found) {
    return switch (revision.config().pod().source()) {
      case PodSource.Written written -> written.containers();
      case PodSource.ComposeFiles files ->
          shop.folders()
              .noted(key.path(), key.id())
              .flatMap(note -> Optional.ofNullable(note.getJsonObject(POD)))
              .map(noted -> PodSource.of(noted).known())
              .orElseGet(() -> asTheyAre(found));
    };
  }

  /** Without a note, what was made is all that is known of it. */
  private List<ContainerSpec> asTheyAre(List<JsonObject> found) {
    LOG.warn("what the files of an instance said is not known any more", "instance", key);
    return found.stream()
        .map(container -> ContainerSpec.plain(name(container), name(container), new JsonObject()))
        .toList();
  }

  /** Whether all are there and each was started once. */
  private boolean isWhole(List<ContainerSpec> wanted, Map<String, String> ids) {
    return !wanted.isEmpty()
        && wanted.stream()
            .map(container -> Optional.ofNullable(ids.get(container.name())))
            .allMatch(
                id ->
                    id.flatMap(shop.engine()::inspect)
                        .map(ContainerState::of)
                        .map(ContainerState::wasStarted)
                        .orElse(false));
  }

  private static String name(JsonObject container) {
    return Fields.text(Fields.object(container, "Labels"), PodLabels.CONTAINER);
  }

  private static List<Integer> ports(List<JsonObject> found) {
    String text = Fields.text(Fields.object(found.getFirst(), "Labels"), PodLabels.PORTS);
    List<Integer> ports = new ArrayList<>();
    for (String port : text.split(",")) {
      if (port.matches("[0-9]{1,5}")) {
        ports.add(Integer.parseInt(port));
      }
    }
    return ports;
  }
}

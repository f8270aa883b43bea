package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
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
    List<Integer> ports = ports(found);
    List<ContainerSpec> wanted = wanted(found, ports);
    known.accept(wanted);
    if (!isWhole(wanted, ids)) {
      LOG.info("instance was cut off as it began: beginning anew", "instance", key);
      found.forEach(container -> shop.engine().remove(container.getString("Id")));
      return new Launch(shop, key, revision, telling, bell, known).run(NO_ROOM_NEEDED);
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
      telling.in(Phase.STARTING, "it was ended with its engine, and is started again");
      pod.rise();
      pod.start(shop.settings().startLimit());
      telling.restarted(1);
    }
    return pod;
  }

  private List<ContainerSpec> wanted(List<JsonObject> found, List<Integer> ports) {
    LateValues late = LateValues.of(shop, key, revision, ports);
    try {
      return Draft.of(revision, late, shop.folders().of(key.path(), key.id()), shop.reader())
          .containers();
    } catch (Failure e) {
      // Its Compose files are gone: what was made of them is what there is.
      LOG.warn("files of an instance not read again", "instance", key, "reason", e.getMessage());
      List<ContainerSpec> specs = new ArrayList<>();
      for (JsonObject container : found) {
        specs.add(ContainerSpec.plain(name(container), name(container), new JsonObject()));
      }
      return specs;
    }
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

package io.dockherd.apps.pods;

import static io.dockherd.apps.pods.JsonPart.listWithin;
import static io.dockherd.apps.pods.JsonPart.within;
import static io.dockherd.fleet.requests.Fields.array;
import static io.dockherd.fleet.requests.Fields.object;
import static io.dockherd.fleet.requests.Fields.text;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an engine is asked for to make the containers of one instance: each one's own document, and
 * what the pod, the node and the moment add to it.
 */
final class Blueprint {
  /** Restarts are the node's to decide; two that decide would undo each other's work. */
  private static final List<String> NOT_THE_ENGINES = List.of("RestartPolicy", "AutoRemove");

  /** As a bind's source: the instance's own folder, with what was fetched for it. */
  private static final String FOLDER = "{folder}";

  private final String herd;
  private final Revision revision;
  private final Draft draft;
  private final PodLayout layout;
  private final LateValues late;
  private final Map<String, JsonObject> documents;

  /**
   * @param draft the pod as it is to be on this node
   * @param cgroupParent and {@code cpus} as {@link PodLimits#apply}
   */
  Blueprint(
      String herd, Revision revision, Draft draft, LateValues late, String cgroupParent, int cpus) {
    this.herd = herd;
    this.revision = revision;
    this.draft = draft;
    this.layout = PodLayout.of(draft.containers());
    this.late = late;
    this.documents = CommonNetwork.documents(layout);
    documents.values().forEach(Blueprint::leaveOut);
    for (int i = 0; i < draft.ports().size(); i++) {
      publish(draft.ports().get(i), late.ports().get(i));
    }
    PodLimits.apply(revision.config().pod().resources(), layout, documents, cgroupParent, cpus);
  }

  AppPath path() {
    return revision.path();
  }

  InstanceId instance() {
    return late.id();
  }

  PodLayout layout() {
    return layout;
  }

  /** What the engine's container is called. */
  String name(ContainerSpec container) {
    return late.fill(container.containerName());
  }

  /** A network's name, which may be each instance's own. */
  String name(NamedNetwork network) {
    return late.fill(network.name());
  }

  /** A volume's name, which may be each instance's own. */
  String name(NamedVolume volume) {
    return late.fill(volume.name());
  }

  /**
   * One container.
   *
   * @param document in the engine's create syntax, with one network at most: engines before API
   *     1.44 take no more at a creation
   * @param networks the others, by name: endpoint settings
   */
  record Part(JsonObject document, Map<String, JsonObject> networks) {}

  /**
   * What the engine is asked for to make a container.
   *
   * @param ids of the containers made before it, by their names in the pod
   */
  Part part(ContainerSpec container, Map<String, String> ids) {
    JsonObject document = document(container, ids);
    JsonObject endpoints = within(within(document, "NetworkingConfig"), "EndpointsConfig");
    JsonObject host = within(document, "HostConfig");
    String mode = text(host, "NetworkMode");
    if (mode.isEmpty() && !endpoints.isEmpty()) {
      mode = endpoints.fieldNames().iterator().next();
      host.put("NetworkMode", mode);
    }
    Map<String, JsonObject> others = new LinkedHashMap<>();
    for (String network : List.copyOf(endpoints.fieldNames())) {
      if (!network.equals(mode)) {
        others.put(network, object(endpoints, network));
        endpoints.remove(network);
      }
    }
    return new Part(document, others);
  }

  private JsonObject document(ContainerSpec container, Map<String, String> ids) {
    JsonObject document = documents.get(container.name()).copy();
    JsonObject host = within(document, "HostConfig");
    share(container.shares(), container.name(), host, ids);
    container
        .volumesFrom()
        .forEach((name, how) -> listWithin(host, "VolumesFrom").add(ids.get(name) + ":" + how));
    linkWithin(host);
    nameVolumes(host);
    nameNetworks(document, host);
    addEnvironment(container, document);
    addLabels(container, document);
    return document;
  }

  private static void leaveOut(JsonObject document) {
    JsonObject host = within(document, "HostConfig");
    NOT_THE_ENGINES.forEach(host::remove);
  }

  private void publish(PortSpec port, int hostPort) {
    String listening = port.container().isEmpty() ? layout.primary() : port.container();
    JsonObject document = documents.get(layout.networkOwner(listening).name());
    JsonObject host = within(document, "HostConfig");
    int inside = port.containerPort() == 0 ? hostPort : port.containerPort();
    String key = inside + "/" + port.protocol();
    within(document, "ExposedPorts").put(key, new JsonObject());
    if (!text(host, "NetworkMode").equals("host")) {
      listWithin(within(host, "PortBindings"), key)
          .add(
              new JsonObject()
                  .put("HostIp", port.hostIp())
                  .put("HostPort", Integer.toString(hostPort)));
    }
  }

  private void share(
      ContainerSpec.Shares shares, String self, JsonObject host, Map<String, String> ids) {
    if (!shares.network().isEmpty()) {
      host.put("NetworkMode", "container:" + ids.get(layout.networkOwner(self).name()));
    }
    if (!shares.pid().isEmpty()) {
      host.put("PidMode", "container:" + ids.get(shares.pid()));
    }
    if (!shares.ipc().isEmpty()) {
      host.put("IpcMode", "container:" + ids.get(shares.ipc()));
    } else if (text(host, "IpcMode").isEmpty()
        && layout.isShared(self, ContainerSpec.Shares::ipc)) {
      host.put("IpcMode", "shareable");
    }
  }

  /** Links to containers of the pod lead to what these are called on the engine. */
  private void linkWithin(JsonObject host) {
    JsonArray links = array(host, "Links");
    if (links.isEmpty()) {
      return;
    }
    JsonArray linked = new JsonArray();
    for (Object link : links) {
      String[] ends = String.valueOf(link).split(":", 2);
      String target =
          layout.order().stream()
              .filter(other -> other.name().equals(ends[0]))
              .map(this::name)
              .findFirst()
              .orElse(ends[0]);
      linked.add(target + ":" + (ends.length == 2 ? ends[1] : ends[0]));
    }
    host.put("Links", linked);
  }

  private void nameNetworks(JsonObject document, JsonObject host) {
    Map<String, String> names = new LinkedHashMap<>();
    draft.networks().forEach(network -> names.put(network.name(), name(network)));
    String mode = text(host, "NetworkMode");
    if (names.containsKey(mode)) {
      host.put("NetworkMode", names.get(mode));
    }
    JsonObject endpoints = object(object(document, "NetworkingConfig"), "EndpointsConfig");
    if (!endpoints.isEmpty()) {
      JsonObject named = new JsonObject();
      endpoints.forEach(
          endpoint ->
              named.put(
                  names.getOrDefault(endpoint.getKey(), endpoint.getKey()), endpoint.getValue()));
      within(document, "NetworkingConfig").put("EndpointsConfig", named);
    }
  }

  private void nameVolumes(JsonObject host) {
    Map<String, String> names = new LinkedHashMap<>();
    draft.volumes().forEach(volume -> names.put(volume.name(), name(volume)));
    names.put(FOLDER, late.fill(FOLDER));
    List<Object> binds = new ArrayList<>();
    for (Object bind : array(host, "Binds")) {
      String text = String.valueOf(bind);
      int colon = text.indexOf(":/");
      String source = colon < 0 ? text : text.substring(0, colon);
      binds.add(
          names.containsKey(source) ? names.get(source) + text.substring(source.length()) : bind);
    }
    if (!binds.isEmpty()) {
      host.put("Binds", new JsonArray(binds));
    }
    for (Object mount : array(host, "Mounts")) {
      if (mount instanceof JsonObject one && names.containsKey(text(one, "Source"))) {
        one.put("Source", names.get(text(one, "Source")));
      }
    }
  }

  /** What the app says itself wins. */
  private void addEnvironment(ContainerSpec container, JsonObject document) {
    JsonArray said = array(document, "Env");
    container
        .lateEnvironment()
        .forEach(
            (name, value) -> {
              boolean isSaid =
                  said.stream()
                      .anyMatch(
                          entry ->
                              String.valueOf(entry).startsWith(name + "=") || name.equals(entry));
              if (!isSaid) {
                listWithin(document, "Env").add(name + "=" + late.fill(value));
              }
            });
  }

  private void addLabels(ContainerSpec container, JsonObject document) {
    JsonObject labels = within(document, "Labels");
    container.lateLabels().forEach((name, value) -> labels.put(name, late.fill(value)));
    labels.mergeIn(
        new PodLabels(herd, revision.path(), revision.id(), late.id(), container.name())
            .json(revision));
    labels.put(
        PodLabels.PORTS,
        late.ports().stream().map(Object::toString).collect(Collectors.joining(",")));
    if (revision.config().pod().source() instanceof PodSource.ComposeFiles) {
      labels.put(PodLabels.TASK, late.fill("{task}"));
      labels.put("executorId", "marathon-" + late.fill("{task}"));
    }
    if (container.name().equals(layout.primary())) {
      PodLabels.document(revision).ifPresent(text -> labels.put(PodLabels.DOCUMENT, text));
    }
  }
}

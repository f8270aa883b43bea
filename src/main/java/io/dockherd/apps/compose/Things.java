package io.dockherd.apps.compose;

import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.compose.model.Mount;
import io.dockherd.compose.model.Network;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.dockherd.compose.model.Volume;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks and volumes of a project, in the words of apps and of engines. */
final class Things {
  private static final String PROJECT = "com.docker.compose.project";

  private final Project project;
  private final Scope scope;
  private final Findings findings;

  Things(Project project, Scope scope, Findings findings) {
    this.project = project;
    this.scope = scope;
    this.findings = findings;
  }

  /** Key → the name engines know it by. */
  Map<String, String> networkNames() {
    Map<String, String> names = new LinkedHashMap<>();
    project
        .networks()
        .forEach((key, it) -> names.put(key, name(key, it.name(), it.isExternal(), "network")));
    return names;
  }

  /** The same of volumes. */
  Map<String, String> volumeNames() {
    Map<String, String> names = new LinkedHashMap<>();
    project
        .volumes()
        .forEach((key, it) -> names.put(key, name(key, it.name(), it.isExternal(), "volume")));
    return names;
  }

  private String name(String key, String name, boolean isExternal, String kind) {
    if (name.contains("{") || name.contains("}")) {
      findings.refuse(kind + " " + key + " is named '" + name + "'", "leave the braces out");
    }
    return scope.thing(project.name(), key, name, isExternal);
  }

  /** The networks those services are in. */
  List<NamedNetwork> networks(Collection<Service> services) {
    Set<String> used = new LinkedHashSet<>();
    services.forEach(service -> used.addAll(service.networking().networks().keySet()));
    Map<String, String> names = networkNames();
    return project.networks().entrySet().stream()
        .filter(entry -> used.contains(entry.getKey()))
        .map(entry -> network(entry.getKey(), names.get(entry.getKey()), entry.getValue()))
        .toList();
  }

  private NamedNetwork network(String key, String name, Network network) {
    boolean isOwn = scope.isPod() && !name.equals(network.name());
    return new NamedNetwork(
        name,
        network.isExternal() ? new JsonObject() : document(key, network),
        network.isExternal(),
        isOwn);
  }

  private JsonObject document(String key, Network network) {
    HostPart.checkLabels("network " + key, network.labels(), findings);
    JsonArray subnets = new JsonArray();
    for (Network.Subnet subnet : network.ipam().subnets()) {
      subnets.add(
          new Entries()
              .text("Subnet", subnet.subnet())
              .text("IPRange", subnet.range())
              .text("Gateway", subnet.gateway())
              .map("AuxiliaryAddresses", subnet.taken())
              .json());
    }
    return new Entries()
        .text("Driver", network.driver())
        .map("Options", network.driverOptions())
        .flag("Attachable", network.isAttachable())
        .flag("Internal", network.isInternal())
        .flag("EnableIPv4", network.ipv4())
        .flag("EnableIPv6", network.ipv6())
        .object(
            "IPAM",
            new Entries()
                .text("Driver", network.ipam().driver())
                .items("Config", subnets)
                .map("Options", network.ipam().options())
                .json())
        .put("Labels", labels(network.labels(), "com.docker.compose.network", key))
        .json();
  }

  /** The volumes those services mount. */
  List<NamedVolume> volumes(Collection<Service> services) {
    Set<String> used = new LinkedHashSet<>();
    for (Service service : services) {
      for (Mount mount : service.storage().mounts()) {
        if (mount instanceof Mount.OfVolume volume) {
          volume.source().ifPresent(used::add);
        }
      }
    }
    Map<String, String> names = volumeNames();
    return project.volumes().entrySet().stream()
        .filter(entry -> used.contains(entry.getKey()))
        .map(entry -> volume(entry.getKey(), names.get(entry.getKey()), entry.getValue()))
        .toList();
  }

  private NamedVolume volume(String key, String name, Volume volume) {
    HostPart.checkLabels("volume " + key, volume.labels(), findings);
    JsonObject document =
        volume.isExternal()
            ? new JsonObject()
            : new Entries()
                .text("Driver", volume.driver())
                .map("DriverOpts", volume.driverOptions())
                .put("Labels", labels(volume.labels(), "com.docker.compose.volume", key))
                .json();
    return new NamedVolume(
        name,
        document,
        volume.isExternal(),
        scope.isOfInstance(project.name(), key, volume.name(), volume.isExternal()));
  }

  private JsonObject labels(Map<String, String> said, String kind, String key) {
    return Entries.object(said).put(PROJECT, project.name()).put(kind, key);
  }
}

package io.dockherd.apps.compose;

import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Service;
import io.dockherd.compose.model.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which services are one pod: those that share a network, processes, memory or volumes with each
 * other have to be on one node, and start and stop together.
 */
final class PodGroups {
  private final Map<String, Service> services;
  private final Map<String, List<Service>> groups = new LinkedHashMap<>();
  private final Map<String, String> leaders = new LinkedHashMap<>();

  PodGroups(Map<String, Service> services) {
    this.services = services;
    Map<String, Set<String>> sides = new LinkedHashMap<>();
    services.keySet().forEach(name -> sides.put(name, new LinkedHashSet<>(Set.of(name))));
    services
        .values()
        .forEach(service -> joins(service).forEach(other -> unite(service.name(), other, sides)));
    for (String name : services.keySet()) {
      if (!leaders.containsKey(name)) {
        form(sides.get(name));
      }
    }
  }

  private static void unite(String one, String other, Map<String, Set<String>> sides) {
    Set<String> side = sides.get(one);
    if (side != sides.get(other)) {
      side.addAll(sides.get(other));
      side.forEach(name -> sides.put(name, side));
    }
  }

  /** The one that joins nobody gives the pod its name; the first such, in the file's order. */
  private void form(Set<String> names) {
    List<Service> members =
        services.values().stream().filter(service -> names.contains(service.name())).toList();
    Service leader =
        members.stream()
            .filter(service -> joins(service).isEmpty())
            .findFirst()
            .orElse(members.getFirst());
    List<Service> ordered = new ArrayList<>(List.of(leader));
    members.stream().filter(service -> service != leader).forEach(ordered::add);
    groups.put(leader.name(), List.copyOf(ordered));
    names.forEach(name -> leaders.put(name, leader.name()));
  }

  /** The services of the project whose namespaces or volumes that one joins. */
  List<String> joins(Service service) {
    Stream<Namespace> namespaces =
        Stream.of(service.networking().mode(), service.security().pid(), service.security().ipc())
            .flatMap(Optional::stream);
    Stream<Namespace> volumes =
        service.storage().volumesFrom().stream().map(Storage.VolumesFrom::owner);
    return Stream.concat(namespaces, volumes)
        .filter(Namespace.OfService.class::isInstance)
        .map(owner -> ((Namespace.OfService) owner).service())
        .filter(services::containsKey)
        .distinct()
        .toList();
  }

  /** Each pod's services, the one that names it first. */
  Collection<List<Service>> all() {
    return groups.values();
  }

  /** The service that names the pod a service is in. */
  String leader(String service) {
    return leaders.get(service);
  }

  /** Whether a service shares its pod with others. */
  boolean isShared(String service) {
    return groups.get(leader(service)).size() > 1;
  }
}

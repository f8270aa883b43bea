package io.dockherd.apps.compose;

import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Service;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in whose network: {@code network_mode: service:x}, followed to the one who has a network
 * of its own. An engine knows ports, hosts and names of that one alone, so what the others say of
 * these is said by it.
 */
final class SharedNetworks {
  private final Map<String, Service> services;
  private final Map<String, String> owners = new LinkedHashMap<>();

  SharedNetworks(Map<String, Service> services, Findings findings) {
    this.services = services;
    services.keySet().forEach(name -> owners.put(name, follow(name, findings)));
  }

  /** The service of the project whose network that one joins. */
  static Optional<String> joined(Service service) {
    return service
        .networking()
        .mode()
        .filter(Namespace.OfService.class::isInstance)
        .map(mode -> ((Namespace.OfService) mode).service());
  }

  private String follow(String name, Findings findings) {
    Set<String> way = new LinkedHashSet<>();
    String at = name;
    while (way.add(at)) {
      Optional<String> next = joined(services.get(at)).filter(services::containsKey);
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    findings.refuse(
        "services " + String.join(", ", way) + " share a network in a circle",
        "let one of them have its own");
    return name;
  }

  /** Whose network that service is in; its own name where it has its own. */
  String owner(String service) {
    return owners.get(service);
  }

  boolean isOwner(String service) {
    return owners.get(service).equals(service);
  }

  /** Those who join it, in the order of the file. */
  List<Service> guests(String owner) {
    return services.values().stream()
        .filter(service -> !service.name().equals(owner))
        .filter(service -> owners.get(service.name()).equals(owner))
        .toList();
  }
}

package io.dockherd.compose.model;

import io.dockherd.compose.yaml.YamlMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The services of a project by the names others may call them. */
record Neighbours(Set<String> services, Map<String, String> byContainer) {
  private static final String SERVICE = "service:";
  private static final String CONTAINER = "container:";

  Neighbours {
    services = Set.copyOf(services);
    byContainer = Map.copyOf(byContainer);
  }

  static Neighbours of(YamlMap services) {
    Map<String, String> byContainer = new HashMap<>();
    services
        .entries()
        .keySet()
        .forEach(
            name ->
                services
                    .map(name)
                    .text("container_name")
                    .ifPresent(container -> byContainer.put(container, name)));
    return new Neighbours(services.entries().keySet(), byContainer);
  }

  /** {@code service:x}, {@code container:x}, which may mean a service, or a word. */
  Namespace namespace(String written) {
    if (written.startsWith(SERVICE)) {
      return new Namespace.OfService(written.substring(SERVICE.length()));
    }
    return written.startsWith(CONTAINER)
        ? container(written.substring(CONTAINER.length()))
        : new Namespace.Named(written);
  }

  /** A container that is one of the project's is its service. */
  private Namespace container(String name) {
    if (byContainer.containsKey(name)) {
      return new Namespace.OfService(byContainer.get(name));
    }
    return services.contains(name)
        ? new Namespace.OfService(name)
        : new Namespace.OfContainer(name);
  }

  /** {@code svc[:ro|rw]} or {@code container:x[:ro|rw]}. */
  Storage.VolumesFrom volumesFrom(String written) {
    boolean isContainer = written.startsWith(CONTAINER);
    String rest = isContainer ? written.substring(CONTAINER.length()) : written;
    int colon = rest.indexOf(':');
    String name = colon < 0 ? rest : rest.substring(0, colon);
    Namespace owner = isContainer ? container(name) : new Namespace.OfService(name);
    return new Storage.VolumesFrom(owner, rest.endsWith(":ro"));
  }
}

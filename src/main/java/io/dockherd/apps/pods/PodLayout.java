package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The containers of a pod in an order in which each comes after all it needs: what it depends on,
 * whose namespaces it shares, whose volumes it takes.
 *
 * @param primary the name of the one that was written first
 * @param order each after what it needs; else as written
 */
record PodLayout(String primary, List<ContainerSpec> order) {
  PodLayout {
    order = List.copyOf(order);
  }

  /**
   * Brings them in order.
   *
   * @throws Invalid when one names another that is not there, or some need each other in a circle
   */
  static PodLayout of(List<ContainerSpec> written) {
    Map<String, ContainerSpec> named = new LinkedHashMap<>();
    written.forEach(container -> named.put(container.name(), container));
    Map<String, ContainerSpec> placed = new LinkedHashMap<>();
    for (ContainerSpec container : written) {
      place(container, named, placed, new LinkedHashSet<>());
    }
    return new PodLayout(written.getFirst().name(), new ArrayList<>(placed.values()));
  }

  private static void place(
      ContainerSpec container,
      Map<String, ContainerSpec> named,
      Map<String, ContainerSpec> placed,
      Set<String> underWay) {
    if (placed.containsKey(container.name())) {
      return;
    }
    if (!underWay.add(container.name())) {
      throw new Invalid(
          container.name(),
          "containers of the pod need each other in a circle: "
              + String.join(" → ", underWay)
              + " → "
              + container.name(),
          "take one of these links out");
    }
    for (String other : needs(container)) {
      ContainerSpec needed = named.get(other);
      if (needed != null) {
        place(needed, named, placed, underWay);
      } else if (isRequired(container, other)) {
        throw new Invalid(
            container.name(),
            "container " + container.name() + " needs " + other + ", which is not in the pod",
            "");
      }
    }
    underWay.remove(container.name());
    placed.put(container.name(), container);
  }

  private static Set<String> needs(ContainerSpec container) {
    Set<String> needs = new LinkedHashSet<>();
    ContainerSpec.Shares shares = container.shares();
    needs.addAll(List.of(shares.network(), shares.pid(), shares.ipc()));
    needs.addAll(container.volumesFrom().keySet());
    needs.addAll(container.dependsOn().keySet());
    needs.remove("");
    return needs;
  }

  private static boolean isRequired(ContainerSpec container, String other) {
    Dependency dependency = container.dependsOn().get(other);
    ContainerSpec.Shares shares = container.shares();
    return dependency == null
        || dependency.isRequired()
        || List.of(shares.network(), shares.pid(), shares.ipc()).contains(other)
        || container.volumesFrom().containsKey(other);
  }

  /** The container of that name. */
  ContainerSpec container(String name) {
    return order.stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new Invalid(name, "there is no container '" + name + "' in the pod", ""));
  }

  /** Whose network a container is in at last: itself, or through others. */
  ContainerSpec networkOwner(String name) {
    return owner(name, ContainerSpec.Shares::network);
  }

  private ContainerSpec owner(String name, Function<ContainerSpec.Shares, String> namespace) {
    ContainerSpec container = container(name);
    String other = namespace.apply(container.shares());
    return other.isEmpty() ? container : owner(other, namespace);
  }

  /** Whether somebody shares the namespace of that container. */
  boolean isShared(String name, Function<ContainerSpec.Shares, String> namespace) {
    return order.stream()
        .anyMatch(
            other ->
                !namespace.apply(other.shares()).isEmpty()
                    && owner(other.name(), namespace).name().equals(name));
  }

  /** Those in the network of that one, itself among them; only itself where nobody joins. */
  List<ContainerSpec> inNetworkOf(String name) {
    return order.stream()
        .filter(container -> networkOwner(container.name()).name().equals(name))
        .toList();
  }

  /**
   * Those that have to be restarted after that one was: their namespaces ended with it, or they say
   * so.
   */
  List<ContainerSpec> restartedWith(String name) {
    return order.stream().filter(container -> isRestartedWith(container, name)).toList();
  }

  private boolean isRestartedWith(ContainerSpec container, String name) {
    if (container.name().equals(name)) {
      return false;
    }
    Dependency dependency = container.dependsOn().get(name);
    return networkOwner(container.name()).name().equals(name)
        || owner(container.name(), ContainerSpec.Shares::pid).name().equals(name)
        || owner(container.name(), ContainerSpec.Shares::ipc).name().equals(name)
        || dependency != null && dependency.isRestartedWith();
  }

  /** Whether another waits for that one to end well: then its end is no end of the pod's work. */
  boolean isAwaited(String name) {
    return order.stream()
        .map(container -> container.dependsOn().get(name))
        .anyMatch(
            dependency ->
                dependency != null && dependency.condition() == Dependency.Condition.COMPLETED);
  }
}

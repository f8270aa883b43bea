package io.dockherd.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is on a node. Made once for each state of a node, asked for each placement.
 *
 * @param tenants all containers, in any state
 * @param images every way its images are called: ids, names with tag, names without, digests
 * @param volumes the names of its volumes
 * @param networks the names and ids of its networks
 * @param memoryBytes reserved by its containers together
 * @param nanoCpus likewise
 */
public record Contents(
    List<Tenant> tenants,
    Set<String> images,
    Set<String> volumes,
    Set<String> networks,
    long memoryBytes,
    long nanoCpus) {
  /** Nothing. */
  public static final Contents NONE = of(List.of(), Set.of(), Set.of(), Set.of());

  public Contents {
    tenants = List.copyOf(tenants);
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(volumes, "volumes");
    Objects.requireNonNull(networks, "networks");
  }

  /** Those; what they reserve is added up. The sets must not change any more. */
  public static Contents of(
      List<Tenant> tenants, Set<String> images, Set<String> volumes, Set<String> networks) {
    long memory = tenants.stream().mapToLong(tenant -> tenant.needs().memoryBytes()).sum();
    long cpus = tenants.stream().mapToLong(tenant -> tenant.needs().nanoCpus()).sum();
    return new Contents(tenants, images, volumes, networks, memory, cpus);
  }

  /** The same with those containers more. */
  public Contents with(List<Tenant> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<Tenant> all = new ArrayList<>(tenants);
    all.addAll(more);
    return of(all, images, volumes, networks);
  }
}

package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine is told of how a container is set apart, beyond {@link Security}.
 *
 * <pre>
 * uts: host
 * cgroup: private
 * userns_mode: host
 * runtime: runc
 * group_add: [audio, "1000"]
 * storage_opt: {size: 1G}
 * annotations: {a: b}
 * cgroup_parent: /pods
 * </pre>
 */
public record Isolation(
    Optional<String> uts,
    Optional<String> cgroup,
    Optional<String> users,
    Optional<String> runtime,
    List<String> groups,
    Map<String, String> storageOptions,
    Map<String, String> annotations,
    Optional<String> cgroupParent) {
  public Isolation {
    groups = List.copyOf(groups);
    storageOptions = Copies.of(storageOptions);
    annotations = Copies.of(annotations);
  }
}

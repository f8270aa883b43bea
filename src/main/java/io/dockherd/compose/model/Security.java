package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container may do.
 *
 * <pre>
 * privileged: true
 * cap_add: [NET_ADMIN]
 * cap_drop: [ALL]
 * security_opt: [no-new-privileges:true]
 * pid: service:web
 * ipc: shareable
 * sysctls: {net.core.somaxconn: "1024"}
 * devices: [{source: /dev/sda, target: /dev/sda, permissions: rwm}]
 * device_cgroup_rules: ["c 1:3 mr"]
 * </pre>
 */
public record Security(
    boolean isPrivileged,
    List<String> addedCapabilities,
    List<String> droppedCapabilities,
    List<String> options,
    Optional<Namespace> pid,
    Optional<Namespace> ipc,
    Map<String, String> sysctls,
    List<Device> devices,
    List<String> deviceRules) {
  public Security {
    addedCapabilities = List.copyOf(addedCapabilities);
    droppedCapabilities = List.copyOf(droppedCapabilities);
    options = List.copyOf(options);
    sysctls = Copies.of(sysctls);
    devices = List.copyOf(devices);
    deviceRules = List.copyOf(deviceRules);
  }

  /** A device of the host; one by a CDI name has neither target nor permissions. */
  public record Device(String source, Optional<String> target, Optional<String> permissions) {}
}

package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a container may use and what is kept for it; the keys of a service and their twins in {@code
 * deploy.resources} say the same and are one here.
 *
 * <pre>
 * cpus: 1.5                         # deploy.resources.limits.cpus
 * mem_limit: "67108864"             # deploy.resources.limits.memory
 * pids_limit: 100                   # deploy.resources.limits.pids
 * mem_reservation: "33554432"       # deploy.resources.reservations.memory
 * deploy: {resources: {reservations: {cpus: 0.5, generic_resources: […], devices: […]}}}
 * cpu_shares: 512
 * cpu_quota: 50000                  # microseconds in cpu_period
 * cpu_period: 100000
 * cpu_rt_runtime: 95000
 * cpu_rt_period: 100000
 * cpuset: 0-3
 * cpu_count: 2
 * cpu_percent: 50
 * memswap_limit: "-1"
 * mem_swappiness: 10
 * oom_kill_disable: true
 * oom_score_adj: -500
 * shm_size: "67108864"
 * ulimits: {nofile: 1024}
 * gpus: [{count: all}]              # with reservations.devices: devices
 * </pre>
 */
public record Resources(
    OptionalDouble cpus,
    OptionalLong memoryBytes,
    OptionalInt pids,
    OptionalDouble reservedCpus,
    OptionalLong reservedMemoryBytes,
    Map<String, Long> reservedGeneric,
    List<DeviceRequest> devices,
    OptionalDouble cpuShares,
    OptionalLong cpuQuota,
    OptionalLong cpuPeriod,
    OptionalLong cpuRealtimeRuntime,
    OptionalLong cpuRealtimePeriod,
    Optional<String> cpuset,
    OptionalLong cpuCount,
    OptionalDouble cpuPercent,
    OptionalLong memorySwapBytes,
    OptionalInt memorySwappiness,
    boolean isOutOfMemoryKillDisabled,
    OptionalInt outOfMemoryScore,
    OptionalLong shmBytes,
    Map<String, Ulimit> ulimits,
    BlockIo blockIo) {
  public Resources {
    reservedGeneric = Copies.of(reservedGeneric);
    devices = List.copyOf(devices);
    ulimits = Copies.of(ulimits);
  }

  /**
   * Devices of a kind: {@code {capabilities: [gpu], driver: nvidia, count: all, device_ids: ["0"],
   * options: {a: b}}}.
   *
   * @param count a number or {@code all}; none where the ids say which
   */
  public record DeviceRequest(
      List<String> capabilities,
      Optional<String> driver,
      Optional<String> count,
      List<String> ids,
      Map<String, String> options) {
    public DeviceRequest {
      capabilities = List.copyOf(capabilities);
      ids = List.copyOf(ids);
      options = Copies.of(options);
    }
  }
}

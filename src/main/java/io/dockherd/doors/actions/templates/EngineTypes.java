package io.dockherd.doors.actions.templates;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Docker's create document wants a number or a flag: there a string that came of a variable
 * is read as one, for JSON has no other way to write a variable. Paths from the document's root,
 * {@code *} for any element of a list or object. Source: the Engine API's ContainerCreate, 1.24 to
 * 1.51.
 */
final class EngineTypes {
  /** What is wanted instead of a string. */
  enum Type {
    NUMBER,
    FLAG
  }

  private static final Map<String, Type> BY_PATH =
      Stream.concat(
              of(
                  Type.FLAG,
                  """
                  AttachStdin AttachStdout AttachStderr Tty OpenStdin StdinOnce ArgsEscaped
                  NetworkDisabled HostConfig.AutoRemove HostConfig.Privileged
                  HostConfig.PublishAllPorts HostConfig.ReadonlyRootfs HostConfig.Init
                  HostConfig.OomKillDisable HostConfig.Mounts.*.ReadOnly
                  HostConfig.Mounts.*.BindOptions.NonRecursive
                  HostConfig.Mounts.*.VolumeOptions.NoCopy
                  """),
              of(
                  Type.NUMBER,
                  """
                  StopTimeout Healthcheck.Interval Healthcheck.Timeout Healthcheck.Retries
                  Healthcheck.StartPeriod Healthcheck.StartInterval HostConfig.Memory
                  HostConfig.MemorySwap HostConfig.MemoryReservation HostConfig.MemorySwappiness
                  HostConfig.KernelMemory HostConfig.NanoCpus HostConfig.CpuShares
                  HostConfig.CpuPeriod HostConfig.CpuQuota HostConfig.CpuRealtimePeriod
                  HostConfig.CpuRealtimeRuntime HostConfig.CpuCount HostConfig.CpuPercent
                  HostConfig.BlkioWeight HostConfig.PidsLimit HostConfig.OomScoreAdj
                  HostConfig.ShmSize HostConfig.RestartPolicy.MaximumRetryCount
                  HostConfig.Ulimits.*.Soft HostConfig.Ulimits.*.Hard HostConfig.ConsoleSize.*
                  HostConfig.BlkioDeviceReadBps.*.Rate HostConfig.BlkioDeviceWriteBps.*.Rate
                  HostConfig.BlkioDeviceReadIOps.*.Rate HostConfig.BlkioDeviceWriteIOps.*.Rate
                  HostConfig.Mounts.*.TmpfsOptions.SizeBytes HostConfig.Mounts.*.TmpfsOptions.Mode
                  HostConfig.DeviceRequests.*.Count Memory MemorySwap CpuShares
                  """))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private EngineTypes() {}

  /** What is wanted at a path, when it is no string. */
  static Optional<Type> at(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  private static Stream<Map.Entry<String, Type>> of(Type type, String paths) {
    return Stream.of(paths.strip().split("\\s+")).map(path -> Map.entry(path, type));
  }
}

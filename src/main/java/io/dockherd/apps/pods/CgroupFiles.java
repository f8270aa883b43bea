package io.dockherd.apps.pods;

import io.dockherd.apps.artifacts.InstanceFolders;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Cgroups made by writing the kernel's files, for engines that do the same: those with the cgroupfs
 * driver, on this machine and not rootless. systemd wants to be the only one who makes cgroups;
 * below it there are none, and the limits are split.
 *
 * <pre>
 * version 1  memory/dockherd/shop_web.6f1f…/memory.limit_in_bytes, cpu/…/cpu.cfs_quota_us
 * version 2  dockherd/shop_web.6f1f…/memory.max, cpu.max</pre>
 */
final class CgroupFiles implements ParentCgroups {
  private static final Log LOG = Log.of(CgroupFiles.class);
  private static final String ABOVE = "dockherd";
  private static final long PERIOD_MICROS = 100_000;

  private final Path root;
  private final Supplier<Kind> kind;

  /** How an engine makes its cgroups. */
  enum Kind {
    VERSION_1,
    VERSION_2,
    /** In a way nobody else may take part in. */
    OF_ITS_OWN
  }

  /**
   * @param root where the kernel shows them, {@code /sys/fs/cgroup}
   * @param kind of the engine, as it is known now
   */
  CgroupFiles(Path root, Supplier<Kind> kind) {
    this.root = root;
    this.kind = kind;
  }

  @Override
  public String make(InstanceKey key, PodSpec.Resources limits, int containers) {
    boolean isNeeded = containers > 1 && (limits.memoryBytes() > 0 || limits.nanoCpus() > 0);
    if (!isNeeded || kind.get() == Kind.OF_ITS_OWN) {
      return "";
    }
    String name = ABOVE + "/" + InstanceFolders.name(key.path(), key.id());
    try {
      if (kind.get() == Kind.VERSION_1) {
        makeFirst(name, limits);
      } else {
        makeSecond(name, limits);
      }
      return "/" + name;
    } catch (IOException e) {
      LOG.warn("no cgroup for an instance: its limits are split", "instance", key, "reason", e);
      remove(key);
      return "";
    }
  }

  private void makeFirst(String name, PodSpec.Resources limits) throws IOException {
    Map<String, String> memory = new LinkedHashMap<>();
    Map<String, String> cpu = new LinkedHashMap<>();
    if (limits.memoryBytes() > 0) {
      memory.put("memory.limit_in_bytes", Long.toString(limits.memoryBytes()));
    }
    if (limits.nanoCpus() > 0) {
      cpu.put("cpu.cfs_period_us", Long.toString(PERIOD_MICROS));
      cpu.put("cpu.cfs_quota_us", Long.toString(quota(limits)));
    }
    write(root.resolve("memory").resolve(name), memory);
    write(root.resolve("cpu").resolve(name), cpu);
  }

  private void makeSecond(String name, PodSpec.Resources limits) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    if (limits.memoryBytes() > 0) {
      files.put("memory.max", Long.toString(limits.memoryBytes()));
    }
    if (limits.nanoCpus() > 0) {
      files.put("cpu.max", quota(limits) + " " + PERIOD_MICROS);
    }
    Path pod = root.resolve(name);
    Files.createDirectories(pod);
    for (Path above : List.of(root, pod.getParent(), pod)) {
      Files.writeString(above.resolve("cgroup.subtree_control"), "+cpu +memory +pids");
    }
    write(pod, files);
  }

  /** The kernel takes a hundredth of a CPU at least. */
  private static long quota(PodSpec.Resources limits) {
    return Math.max(1000, limits.nanoCpus() * PERIOD_MICROS / 1_000_000_000);
  }

  private static void write(Path cgroup, Map<String, String> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    Files.createDirectories(cgroup);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(cgroup.resolve(file.getKey()), file.getValue());
    }
  }

  /** Below a version 1 engine its containers' cgroups are in every hierarchy. */
  @Override
  public void remove(InstanceKey key) {
    Path name = Path.of(ABOVE, InstanceFolders.name(key.path(), key.id()));
    removeBelow(root.resolve(name));
    try (Stream<Path> hierarchies = Files.list(root)) {
      hierarchies.filter(Files::isDirectory).forEach(one -> removeBelow(one.resolve(name)));
    } catch (IOException e) {
      LOG.debug("cgroups not listed", "reason", e);
    }
  }

  private static void removeBelow(Path cgroup) {
    try {
      Files.deleteIfExists(cgroup);
    } catch (IOException e) {
      // The kernel lets go of the last container's a moment later; an empty one costs nothing.
      LOG.debug("cgroup not removed", "cgroup", cgroup, "reason", e);
    }
  }
}

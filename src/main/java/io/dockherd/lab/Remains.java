package io.dockherd.lab;

import io.dockherd.failure.NotFound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Everything a lab makes on the machine, found by its names and taken away. */
final class Remains {
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
  static final Path ETC_DOCKER = Path.of("/etc/docker");

  private Remains() {}

  /** Takes away what a lab of this index has left, however it ended; nothing is fine too. */
  static void sweep(LabPlan plan) {
    boolean madeEtcDocker = madeEtcDocker(plan);
    hostsLeft(plan).parallelStream().forEach(host -> new HostProcesses(host).kill());
    new LabNetwork(plan).remove();
    removeControlGroups(plan);
    removeFolder(plan.home());
    if (madeEtcDocker) {
      Invocation.attempt("rmdir", ETC_DOCKER.toString());
    }
  }

  private static boolean madeEtcDocker(LabPlan plan) {
    try {
      return LabFile.read(plan).madeEtcDocker();
    } catch (NotFound e) {
      return false;
    }
  }

  /** By their folders: the earlier lab may have had more hosts than this one. */
  private static List<HostPlan> hostsLeft(LabPlan plan) {
    try (Stream<Path> folders = Files.list(plan.home())) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("host-[0-9]+"))
          .map(name -> Integer.parseInt(name.substring("host-".length())))
          .map(number -> new HostPlan(new LabPlan(plan.index(), number, plan.home()), number))
          .toList();
    } catch (IOException e) {
      return List.of(); // No folder, no lab.
    }
  }

  /** A killed container leaves its control groups; version 1 has one tree for each controller. */
  private static void removeControlGroups(LabPlan plan) {
    try (Stream<Path> trees = Files.list(CONTROL_GROUPS)) {
      Stream.concat(Stream.of(CONTROL_GROUPS), trees)
          .map(tree -> tree.resolve(plan.controlGroup()))
          .filter(Files::isDirectory)
          .forEach(Remains::removeGroup);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeGroup(Path group) {
    try (Stream<Path> groups = Files.walk(group)) {
      groups
          .filter(Files::isDirectory)
          .sorted(Comparator.reverseOrder())
          .forEach(each -> retry("rmdir", each.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeFolder(Path home) {
    if (Files.exists(home)) {
      retry("rm", "-rf", "--one-file-system", "--", home.toString());
    }
  }

  /** The kernel lets go of a dead process's mounts and groups a moment after the process. */
  private static void retry(String... command) {
    for (int tries = 0; tries < 40; tries++) {
      if (Invocation.attempt(command).succeeded()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    Invocation.run(command);
  }
}

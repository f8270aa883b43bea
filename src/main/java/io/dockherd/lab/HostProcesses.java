package io.dockherd.lab;

import io.dockherd.failure.TimedOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * All processes of one host: its own see the file system that is mounted under the host's mark, its
 * containers are in its control group. That holds for whatever they are the children of by now, and
 * after whoever started them has died.
 */
final class HostProcesses {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Path PROC = Path.of("/proc");

  private final HostPlan host;

  HostProcesses(HostPlan host) {
    this.host = host;
  }

  /** Whether the process is there and of this host; a recorded pid may long be another's. */
  boolean has(long pid) {
    try {
      Path process = PROC.resolve("" + pid);
      return Files.readString(process.resolve("mountinfo")).contains(" " + host.mark() + " ")
          || Files.readString(process.resolve("cgroup")).contains("/" + host.controlGroup() + "/");
    } catch (IOException | UncheckedIOException e) {
      return false; // It has ended, or is ending: a zombie has neither any more.
    }
  }

  /**
   * Whether the process is over, its sockets closed. It loses its mounts a moment before those, and
   * a port that is still open would be taken for the next process's. Its first thread may be over
   * while others are not yet: only the last one closes the sockets.
   */
  static boolean hasEnded(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2) && threads(pid) <= 1;
    } catch (IOException | UncheckedIOException e) {
      return true;
    }
  }

  private static long threads(long pid) throws IOException {
    try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
      return threads.count();
    }
  }

  List<Long> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .map(Long::valueOf)
          .filter(this::has)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills them all and returns when none is left. */
  void kill() {
    long end = System.nanoTime() + LIMIT.toNanos();
    Set<Long> killed = new HashSet<>();
    for (List<Long> left = all();
        !left.isEmpty() || !killed.stream().allMatch(HostProcesses::hasEnded);
        left = all()) {
      left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      killed.addAll(left);
      if (System.nanoTime() > end) {
        throw new TimedOut(
            host.name(),
            "processes of " + host.name() + " don't die: " + left,
            "kill them by hand");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}

package io.dockherd.lab;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One process of a host that goes on without the one who started it. Its pid is in a file, so that
 * another process can stop it; its output is in another.
 */
final class HostProcess {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final HostPlan host;
  private final String name;
  private final HostProcesses processes;

  HostProcess(HostPlan host, String name) {
    this.host = host;
    this.name = name;
    this.processes = new HostProcesses(host);
  }

  Path log() {
    return host.folder().resolve(name + ".log");
  }

  /** Its pid, if it runs. */
  OptionalLong pid() {
    try {
      long pid = Long.parseLong(Files.readString(pidFile()));
      return processes.has(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // Never started, or just being so.
    }
  }

  boolean isRunning() {
    return pid().isPresent();
  }

  /** Starts it in a session of its own, so that a Ctrl-C meant for us does not reach it. */
  void start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder("setsid");
    builder.command().addAll(command);
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TZ"));
    builder.environment().putAll(environment);
    builder.directory(host.folder().toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(Redirect.appendTo(log().toFile()));
    try {
      Process process = builder.start();
      Files.writeString(pidFile(), "" + process.pid());
      // Until it has entered the host it would not be recognized as one of the host's.
      waitFor(Duration.ofSeconds(5), () -> isRunning() || !process.isAlive());
    } catch (IOException e) {
      throw new Unreachable(host.name(), name + " can't be started", e.getMessage(), e);
    }
  }

  /** Sends it a signal, by name without SIG; nothing happens when it does not run. */
  void signal(String signal) {
    pid().ifPresent(pid -> Invocation.attempt("busybox", "kill", "-" + signal, "" + pid));
  }

  /** Ends it orderly and waits for it; kills it after the limit. */
  void stop(Duration limit) {
    OptionalLong pid = pid();
    signal("TERM");
    signal("CONT"); // A frozen one would not hear it.
    if (pid.isPresent() && !waitFor(limit, () -> HostProcesses.hasEnded(pid.getAsLong()))) {
      kill();
    }
  }

  /** Ends it at once. */
  void kill() {
    OptionalLong pid = pid();
    if (pid.isEmpty()) {
      return;
    }
    ProcessHandle.of(pid.getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
    if (!waitFor(Duration.ofSeconds(10), () -> HostProcesses.hasEnded(pid.getAsLong()))) {
      throw new TimedOut(host.name(), name + " of " + host.name() + " does not die", "");
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws Unreachable when it ends instead; with the last lines of its log
   * @throws TimedOut when it takes longer; likewise
   */
  void awaitReady(Duration limit, BooleanSupplier ready) {
    boolean over = waitFor(limit, () -> ready.getAsBoolean() || !isRunning());
    if (over && ready.getAsBoolean()) {
      return;
    }
    String what = name + " of " + host.name();
    if (isRunning()) {
      throw new TimedOut(
          host.name(), what + " is not ready after " + limit.toSeconds() + " s: " + logTail(), "");
    }
    throw new Unreachable(host.name(), what + " ended: " + logTail(), "");
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log());
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "it wrote nothing";
    }
  }

  private Path pidFile() {
    return host.folder().resolve(name + ".pid");
  }

  private static boolean waitFor(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }
}

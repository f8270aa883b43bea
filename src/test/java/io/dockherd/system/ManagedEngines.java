package io.dockherd.system;

import io.dockherd.Await;
import io.dockherd.lab.Distribution.Role;
import io.dockherd.lab.LabHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Engines that are reached over TCP, and {@code dockherd manage} in front of them. */
final class ManagedEngines implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  private final Path folder;
  private final List<Runnable> open = new ArrayList<>();
  private OwnProgram manager;

  /**
   * @param folder for its log and its socket
   */
  ManagedEngines(Path folder) {
    this.folder = folder;
  }

  /** The address at which that host's engine is reached, as {@code 127.0.0.1:40123}. */
  String address(LabHost host) {
    EnginePort port = new EnginePort(host.engineSocket());
    open.addFirst(port::close);
    return port.address();
  }

  /** Starts the manager; the docker command at its socket. */
  DockerCli manage(String... arguments) {
    List<String> line =
        Stream.concat(Stream.of("manage", "--host=unix://" + socket()), Stream.of(arguments))
            .toList();
    manager = new OwnProgram(folder.resolve("log"), Role.NODE, line);
    open.addFirst(manager::close);
    return DockerCli.at(socket());
  }

  Path socket() {
    return folder.resolve("swarm.sock");
  }

  /** What the manager has written. */
  String log() {
    return manager.log();
  }

  /** Returns when so many engines are in that state. */
  void awaitInfo(DockerCli docker, String status, int count) {
    Await.until(
        () -> count + " engines " + status + ": " + docker.run("info").text() + log(),
        SOON,
        () ->
            docker.run("info").text().lines().filter(line -> line.endsWith(status)).count()
                == count);
  }

  /** Returns when so many engines are listed, in whatever state. */
  void awaitListed(DockerCli docker, int count) {
    Await.until(
        () -> count + " engines are listed: " + log(),
        SOON,
        () -> docker.run("info").text().contains("Nodes: " + count + "\n"));
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
  }
}

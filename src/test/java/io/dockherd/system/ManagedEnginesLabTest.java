package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Dockherd;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dockherd manage} in front of engines that are reached over TCP, without any node. */
@OnLab(withNodes = false)
class ManagedEnginesLabTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<EnginePort> ports = new ArrayList<>();
  private Process manager;

  private void manage(String... arguments) throws IOException {
    List<String> line =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Dockherd.class.getName(),
                    "manage",
                    "--host=unix://" + socket()),
                Stream.of(arguments))
            .toList();
    manager =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private Path socket() {
    return folder.resolve("swarm.sock");
  }

  private String port(LabHerd herd, int host) {
    EnginePort port = new EnginePort(herd.host(host).engineSocket());
    ports.add(port);
    return port.address();
  }

  @AfterEach
  void end() throws Exception {
    if (manager != null) {
      manager.destroy();
      manager.waitFor();
    }
    for (EnginePort port : ports) {
      port.close();
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void awaitInfo(DockerCli docker, String status, int count) {
    Await.until(
        () -> count + " engines " + status + ": " + docker.run("info").text() + log(),
        SOON,
        () ->
            docker.run("info").text().lines().filter(line -> line.endsWith(status)).count()
                == count);
  }

  @Test
  void theDockerCommandHasThemAsOneDocker(LabHerd herd) throws Exception {
    String first = port(herd, 1);
    Path list = folder.resolve("engines");
    Files.writeString(list, first + " # the first\n" + port(herd, 2) + "\n127.0.0.1:1\n");
    manage("-strategy", "binpack", "--heartbeat", "1s", "file://" + list);
    DockerCli docker = DockerCli.at(socket());

    // A list of two engines and a dead address.
    awaitInfo(docker, "Status: Healthy", 2);
    awaitInfo(docker, "Status: Pending", 1);
    assertTrue(docker.succeed("info").contains(" host-1: " + first), docker.succeed("info"));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));

    // The third comes when it is listed.
    Files.writeString(list, Files.readString(list).replace("127.0.0.1:1", port(herd, 3)));
    awaitInfo(docker, "Status: Healthy", 3);

    // Containers go where binpack and constraints say.
    String format = "{{.Names}} {{.Label \"io.dockherd.node\"}}";
    for (String name : List.of("one", "two")) {
      docker.succeed("run", "-d", "-m", "16m", "--name", name, "busybox", "sleep", "1000");
    }
    List<String> packed =
        docker.succeed("ps", "--format", "{{.Label \"io.dockherd.node\"}}").lines().toList();
    assertEquals(2, packed.size());
    assertEquals(packed.get(0), packed.get(1));
    docker.succeed(
        "run",
        "-d",
        "--name",
        "three",
        "-e",
        "constraint:node==host-3",
        "busybox",
        "sleep",
        "1000");
    assertTrue(docker.succeed("ps", "--format", format).contains("three host-3"));
    assertEquals("hello", docker.succeed("exec", "host-3/three", "echo", "hello"));
    assertEquals(
        "typed",
        DockerCli.at(socket()).run("typed".getBytes(), "exec", "-i", "three", "cat").text());
    assertTrue(docker.run("run", "--name", "one", "busybox").errors().contains("in use"));

    // An image that one engine has runs on another, without a registry.
    docker.succeed("commit", "three", "only:1");
    assertEquals(
        "hello",
        docker.succeed("run", "--rm", "-e", "constraint:node!=host-3", "only:1", "echo", "hello"));

    // An engine is lost: it stays listed, its containers are shown as down; and it comes back.
    herd.host(3).stopEngine();
    awaitInfo(docker, "Status: Unhealthy", 1);
    assertTrue(
        docker.succeed("ps", "-a", "--format", "{{.Names}} {{.Status}}").contains("Host Down"));
    herd.host(3).startEngine();
    awaitInfo(docker, "Status: Healthy", 3);
    docker.succeed("rm", "-f", "one", "two", "three");
    assertEquals("", docker.succeed("ps", "-aq"));

    // One that is listed no more is gone.
    Files.writeString(list, first + "\n");
    Await.until(
        () -> "one engine is left: " + log(),
        SOON,
        () -> docker.run("info").text().contains("Nodes: 1"));
  }
}

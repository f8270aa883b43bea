package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dockherd manage} in front of engines that are reached over TCP, without any node. */
@OnLab(withNodes = false)
class ManagedEnginesLabTest {
  @TempDir private Path folder;

  @Test
  void theDockerCommandHasThemAsOneDocker(LabHerd herd) throws Exception {
    try (ManagedEngines engines = new ManagedEngines(folder)) {
      asOneDocker(herd, engines);
    }
  }

  private void asOneDocker(LabHerd herd, ManagedEngines engines) throws Exception {
    String first = engines.address(herd.host(1));
    Path list = folder.resolve("engines");
    Files.writeString(
        list, first + " # the first\n" + engines.address(herd.host(2)) + "\n127.0.0.1:1\n");
    DockerCli docker =
        engines.manage("-strategy", "binpack", "--heartbeat", "1s", "file://" + list);

    // A list of two engines and a dead address.
    engines.awaitInfo(docker, "Status: Healthy", 2);
    engines.awaitInfo(docker, "Status: Pending", 1);
    assertTrue(docker.succeed("info").contains(" host-1: " + first), docker.succeed("info"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(engines.socket())));

    // The third comes when it is listed.
    Files.writeString(
        list, Files.readString(list).replace("127.0.0.1:1", engines.address(herd.host(3))));
    engines.awaitInfo(docker, "Status: Healthy", 3);

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
        DockerCli.at(engines.socket())
            .run("typed".getBytes(), "exec", "-i", "three", "cat")
            .text());
    assertTrue(docker.run("run", "--name", "one", "busybox").errors().contains("in use"));

    // An image that one engine has runs on another, without a registry.
    docker.succeed("commit", "three", "only:1");
    assertEquals(
        "hello",
        docker.succeed("run", "--rm", "-e", "constraint:node!=host-3", "only:1", "echo", "hello"));

    // An engine is lost: it stays listed, its containers are shown as down; and it comes back.
    herd.host(3).stopEngine();
    engines.awaitInfo(docker, "Status: Unhealthy", 1);
    assertTrue(
        docker.succeed("ps", "-a", "--format", "{{.Names}} {{.Status}}").contains("Host Down"));
    herd.host(3).startEngine();
    engines.awaitInfo(docker, "Status: Healthy", 3);
    docker.succeed("rm", "-f", "one", "two", "three");
    assertEquals("", docker.succeed("ps", "-aq"));

    // One that is listed no more is gone.
    Files.writeString(list, first + "\n");
    engines.awaitListed(docker, 1);
  }
}

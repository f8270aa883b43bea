package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines of several API versions in one herd: each is spoken to in its own. */
@OnLab
class MixedEngineVersionsLabTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void eachEngineIsSpokenToInItsVersionAndClientsInTheOldest(LabHerd herd, @TempDir Path folder) {
    LabHost host = herd.host(2);
    Path socket = folder.resolve("older.sock");
    try (OlderEngine older = new OlderEngine(host.engineSocket(), socket, "1.30")) {
      host.stopNode();
      host.startNode("--engine=unix://" + socket);
      host.awaitNode(SOON);
      herd.awaitMembers(3);
      awaitVersion(herd, "1.30");
      use(herd);
      assertEquals(Set.of("1.30"), older.spoken());

      // It is updated, and then replaced by one that is older still.
      older.replacedBy("1.41");
      awaitVersion(herd, "1.41");
      use(herd);
      older.replacedBy("1.24");
      awaitVersion(herd, "1.24");
      use(herd);
      assertTrue(older.spoken().contains("1.24"), older.spoken().toString());
    } finally {
      host.stopNode();
    }
  }

  /** An engine that does not answer just now has no say in it, so that is waited for too. */
  private static void awaitVersion(LabHerd herd, String version) {
    for (LabHost asked : herd.lab().hosts()) {
      Await.until(
          () -> asked.name() + " says " + version + ", not " + advertised(asked),
          SOON,
          () -> advertised(asked).equals(version));
    }
    herd.awaitEngines();
  }

  private static String advertised(LabHost asked) {
    return DockerCli.at(asked).succeed("version", "--format", "{{.Server.APIVersion}}");
  }

  /** A container's life on the older engine, through another node. */
  private static void use(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    docker.succeed(
        "run",
        "-d",
        "--name=web",
        "--env=constraint:node==host-2",
        "busybox",
        "sh",
        "-c",
        "echo up; sleep 1000");
    assertEquals("typed", docker.run("typed".getBytes(), "exec", "-i", "web", "cat").text());
    assertEquals("up", docker.succeed("logs", "web"));
    // Whoever insists on a newer version than the engine's: the node in between speaks the
    // engine's.
    try (DockerCaller caller = new DockerCaller(herd)) {
      for (String version : List.of("", "/v1.24", "/v1.41")) {
        assertEquals(200, caller.send(1, "GET", version + "/containers/web/json", "").statusCode());
      }
    }
    docker.succeed("rm", "-f", "web");
  }
}

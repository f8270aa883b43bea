package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The docker command, asking a node that does not own the container. */
@OnLab
class DockerDoorLabTest {
  @Test
  void aContainerOfAnotherNodeIsListedInspectedReadAndStopped(LabHerd herd) {
    Ask.docker(
        herd.host(3), "run", "-d", "--name", "web", "busybox", "sh", "-c", "echo hi; sleep 1000");
    String listed =
        docker(herd, 1, "ps", "--format", "{{.Names}} {{.Label \"io.dockherd.node\"}}").strip();
    assertEquals("web host-3", listed);
    JsonObject inspected = new JsonArray(docker(herd, 2, "inspect", "web")).getJsonObject(0);
    assertEquals("host-3", inspected.getJsonObject("Node").getString("Name"));
    assertEquals("hi", docker(herd, 1, "logs", "host-3/web").strip());
    assertEquals("web", docker(herd, 2, "stop", "-t", "0", "web").strip());
    assertEquals("", docker(herd, 1, "ps", "-q").strip());
    assertTrue(docker(herd, 1, "ps", "-a").contains("Exited (137)"));
  }

  @Test
  void whatIsNotThereIsSaidInDockersWords(LabHerd herd) {
    Invocation nobody = herd.docker(1, "stop", "nobody");
    assertEquals(1, nobody.exitCode());
    assertTrue(nobody.output().contains("No such container: nobody"), nobody.output());
  }

  private static String docker(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, List.of(arguments).toArray(String[]::new)).orFail().output();
  }
}

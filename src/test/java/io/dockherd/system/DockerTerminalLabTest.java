package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import org.junit.jupiter.api.Test;

/** The docker command on a real terminal, at a node that has not got the container. */
@OnLab
class DockerTerminalLabTest {
  private static final String ON_2 = "--env=constraint:node==host-2";

  @Test
  void anAttachedTerminalTakesTheSizeOfTheCallers(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("run", "-dit", ON_2, "busybox", "sh");
    try (DockerCli.Running shell = docker.startOnTerminal("attach", id)) {
      shell.type("tty\r");
      shell.awaitText("/dev/pts/0");
      shell.resize(33, 101);
      Await.until(
          "the container's terminal has the size",
          DockerCli.LIMIT,
          () -> docker.succeed("exec", id, "sh", "-c", "stty -F /dev/pts/0 size").equals("33 101"));
      shell.type("exit 5\r");
      assertEquals(5, shell.await().exitCode(), shell::text);
    }
    assertTrue(docker.succeed("ps", "-q").isEmpty());
  }
}

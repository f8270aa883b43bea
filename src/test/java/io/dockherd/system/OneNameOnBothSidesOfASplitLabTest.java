package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Both sides of a split give the same name: after the heal both stay, called node/name. */
@OnLab
class OneNameOnBothSidesOfASplitLabTest {
  @Test
  void bothStayReachable(LabHerd herd) {
    herd.lab().cut(1, 3);
    herd.lab().cut(2, 3);
    Await.until(
        "the sides see each other no more",
        Duration.ofSeconds(20),
        () -> herd.nodesSeenBy(1).size() == 2 && herd.nodesSeenBy(3).size() == 1);
    run(herd, 1, "host-1");
    run(herd, 3, "host-3");
    herd.lab().healAll();
    herd.awaitMembers(3);
    for (int asked = 1; asked <= 3; asked++) {
      int host = asked;
      Await.until(
          "host " + host + " tells both",
          Duration.ofSeconds(10),
          () -> herd.docker(host, "inspect", "web").output().contains("host-3/web"));
      Invocation both = herd.docker(host, "inspect", "web");
      assertTrue(both.output().contains("host-1/web"), both.output());
      for (String node : new String[] {"host-1", "host-3"}) {
        String of =
            herd.docker(host, "inspect", "--format", "{{.Node.Name}}", node + "/web")
                .orFail()
                .output();
        assertEquals(node, of.strip());
      }
    }
    assertTrue(herd.docker(2, "rm", "-f", "host-3/web").succeeded());
    herd.docker(2, "rm", "-f", "web").orFail();
  }

  private static void run(LabHerd herd, int host, String node) {
    herd.docker(
            host,
            "run",
            "-d",
            "--name",
            "web",
            "-e",
            "constraint:node==" + node,
            "busybox",
            "sleep",
            "1000")
        .orFail();
  }
}

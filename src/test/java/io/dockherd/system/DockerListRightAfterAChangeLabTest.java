package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import org.junit.jupiter.api.Test;

/** What somebody has changed through one node every other node shows at once. */
@OnLab
class DockerListRightAfterAChangeLabTest {
  @Test
  void noNodeShowsWhatWasBefore(LabHerd herd) {
    for (int round = 0; round < 5; round++) {
      String name = "round-" + round;
      ok(herd, 1 + round % 3, "create", "--name", name, "busybox", "sleep", "1000");
      assertEquals(name + " Created", seen(herd, 2 + round));
      ok(herd, 1 + (round + 2) % 3, "start", name);
      assertEquals("running", ok(herd, 1 + round % 3, "ps", "--format", "{{.State}}"));
      ok(herd, 1 + (round + 1) % 3, "rename", name, name + "-b");
      assertEquals(name + "-b", ok(herd, 1 + round % 3, "ps", "--format", "{{.Names}}"));
      ok(herd, 1 + round % 3, "rm", "-f", name + "-b");
      assertEquals("", seen(herd, 2 + round));
    }
  }

  private static String seen(LabHerd herd, int number) {
    return ok(herd, 1 + number % 3, "ps", "-a", "--format", "{{.Names}} {{.Status}}");
  }

  private static String ok(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, arguments).orFail().output().strip();
  }
}

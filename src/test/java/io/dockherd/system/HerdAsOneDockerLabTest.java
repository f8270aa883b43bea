package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the docker command shows of the herd as a whole. */
@OnLab
class HerdAsOneDockerLabTest {
  @Test
  void infoHasTheSumsAndANodeByLine(LabHerd herd) {
    for (int host = 1; host <= 3; host++) {
      Ask.docker(
          herd.host(host), "run", "-d", "-m", "20m", "--cpus", "0.5", "busybox", "sleep", "1000");
    }
    Await.until(
        "all are known",
        Duration.ofSeconds(10),
        () -> herd.docker(1, "ps", "-q").output().lines().count() == 3);
    String info = ok(herd, 1, "info");
    assertTrue(info.contains("Containers: 3\n"), info);
    assertTrue(info.contains("Running: 3\n"), info);
    for (int host = 1; host <= 3; host++) {
      assertTrue(info.contains(" host-" + host + ": " + herd.dockerAddress(host)), info);
    }
    assertTrue(info.contains("└ Containers: 1 (1 Running, 0 Paused, 0 Stopped)"), info);
    assertTrue(info.contains("└ Reserved CPUs: 0.5 / "), info);
    assertTrue(info.contains("└ Reserved Memory: 20 MiB / "), info);
    assertTrue(info.contains("└ Status: Healthy"), info);
    assertTrue(info.contains("Swarm: inactive"), info);
  }

  @Test
  void versionHasEveryEngine(LabHerd herd) {
    String version = ok(herd, 2, "version");
    assertTrue(version.contains("Engine of host-3"), version);
    assertTrue(version.contains("API version:"), version);
  }

  @Test
  void diskUsageIsThatOfAllEngines(LabHerd herd) {
    Ask.docker(herd.host(1), "create", "busybox");
    Ask.docker(herd.host(3), "create", "busybox");
    assertEquals(
        "2",
        ok(
                herd,
                2,
                "system",
                "df",
                "--format",
                "{{if eq .Type \"Containers\"}}{{.TotalCount}}{{end}}")
            .strip());
  }

  @Test
  void swarmModeIsOff(LabHerd herd) {
    Invocation nodes = herd.docker(1, "node", "ls");
    assertEquals(1, nodes.exitCode());
    assertTrue(nodes.output().contains("This node is not a swarm manager"), nodes.output());
  }

  @Test
  void aNameTwoNodesHaveIsAnsweredWithWhatToSayInstead(LabHerd herd) {
    for (int host : List.of(2, 3)) {
      Ask.docker(herd.host(host), "create", "--name", "nap", "busybox");
    }
    Await.until(
        "both are known",
        Duration.ofSeconds(30),
        () -> ok(herd, 1, "ps", "-a", "-q").lines().count() == 2);
    Invocation refused = herd.docker(1, "rm", "nap");
    assertEquals(1, refused.exitCode());
    assertTrue(
        refused.output().contains("'nap' fits more than one: host-2/nap, host-3/nap"),
        refused.output());
    ok(herd, 1, "rm", "host-2/nap");
    assertEquals("host-3", ok(herd, 1, "inspect", "-f", "{{.Node.Name}}", "nap").strip());
    ok(herd, 2, "rm", "host-3/nap");
  }

  @Test
  void aStoppedEngineIsShownAsWhatItIs(LabHerd herd) {
    Ask.docker(herd.host(3), "run", "-d", "--name", "web", "busybox", "sleep", "1000");
    Await.until(
        "it is known",
        Duration.ofSeconds(10),
        () -> herd.docker(1, "ps", "-q").output().lines().count() == 1);
    herd.host(3).killEngine();
    Await.until(
        "the node sees it",
        Duration.ofSeconds(20),
        () -> ok(herd, 1, "info").contains("└ Status: Unhealthy"));
    assertEquals("", ok(herd, 1, "ps", "-q").strip());
    assertEquals("Host Down", ok(herd, 1, "ps", "-a", "--format", "{{.Status}}").strip());
    assertTrue(ok(herd, 1, "info").contains("└ Error: "), "and why");
  }

  private static String ok(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, arguments).orFail().output();
  }
}

package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Tool;
import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabStore;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classic Swarm's whole set-up: {@code dockherd join} registers each engine in etcd, a manager
 * finds them there, and an outage of etcd takes none away.
 */
@OnLab(withNodes = false)
class ManagedEnginesInAStoreLabTest {
  @TempDir private Path folder;
  private final List<String> addresses = new ArrayList<>();

  private OwnProgram join(ManagedEngines engines, LabHerd herd, int host, String store) {
    String address = engines.address(herd.host(host));
    addresses.add(address);
    return new OwnProgram(
        folder.resolve("join-" + host),
        Role.CLI,
        List.of("join", "--advertise=" + address, "--heartbeat=1s", "--ttl=5s", store));
  }

  private static Set<String> listed(String store) {
    return new TreeSet<>(
        Invocation.of(
                ManagedEngines.SOON,
                Distribution.own().command(Role.CLI, List.of("list", "--timeout=5s", store)))
            .output()
            .lines()
            .toList());
  }

  @Test
  void enginesComeAndGoWithTheStoreAndStayThroughItsOutages(LabHerd herd) {
    Tool.require("etcd");
    try (LabStore store = LabStore.on(herd.host(1));
        ManagedEngines engines = new ManagedEngines(folder)) {
      String url = "etcd://" + store.address() + "/swarm";
      try (OwnProgram first = join(engines, herd, 1, url);
          OwnProgram second = join(engines, herd, 2, url)) {
        DockerCli docker = engines.manage(url);
        try (OwnProgram _ = join(engines, herd, 3, url)) {
          engines.awaitInfo(docker, "Status: Healthy", 3);
          assertEquals(new TreeSet<>(addresses), listed(url));
          docker.succeed(
              "run",
              "-d",
              "--name=web",
              "-e",
              "constraint:node==host-2",
              "busybox",
              "sleep",
              "1000");
        }

        // The third is not registered again, and what it had registered runs out.
        engines.awaitListed(docker, 2);
        assertTrue(engines.log().contains("engine left"), engines.log());

        // It is killed and started again, and once more with nothing in it.
        store.restart();
        assertStays(engines, docker);
        store.restartEmpty();
        Await.until(
            () -> "both registered again: " + first.log() + second.log(),
            ManagedEngines.SOON,
            () -> listed(url).equals(new TreeSet<>(addresses.subList(0, 2))));
        assertStays(engines, docker);

        // What is registered now is found as before.
        try (OwnProgram _ = join(engines, herd, 3, url)) {
          engines.awaitInfo(docker, "Status: Healthy", 3);
        }
      }
    }
  }

  /** Both that are registered, all the time: none left, to come again. */
  private static void assertStays(ManagedEngines engines, DockerCli docker) {
    engines.awaitInfo(docker, "Status: Healthy", 2);
    assertEquals("web", docker.succeed("ps", "--format", "{{.Names}}"));
    String log = engines.log();
    String left = log.substring(log.indexOf("engine left") + 1);
    assertFalse(left.contains("engine left"), log);
  }
}

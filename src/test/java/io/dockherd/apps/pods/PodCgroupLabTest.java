package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.engine.RealEngine;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The containers of a pod are bound together by what their pod may take. */
class PodCgroupLabTest {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long LIMIT = 64 << 20;

  @Test
  void theirCgroupsAreBelowOneThatHoldsTheLimit() throws IOException {
    InstanceKey key = PodsNode.key("/shop/web", 1);
    JsonObject noNetwork =
        new JsonObject().put("HostConfig", new JsonObject().put("NetworkMode", "none"));
    try (RealEngine real = RealEngine.start();
        EngineOfHost host = new EngineOfHost(real.socket())) {
      Assumptions.assumeTrue(
          host.docker("info", "--format", "{{.CgroupDriver}}").equals("cgroupfs"),
          "only where the engine makes cgroups itself");
      PodsNode node = host.node(PodsNode.settings(), true);
      node.run(
          key,
          Specs.podBut(
              Specs.service(
                  Specs.with(Specs.sleeper("web"), noNetwork),
                  Specs.with(Specs.sleeper("db"), noNetwork)),
              "resources",
              new JsonObject().put("nanoCpus", 500_000_000).put("memoryBytes", LIMIT)));
      Instance running = node.await(key, Phase.RUNNING);
      String parent =
          host.inspect(running, "web").getJsonObject("HostConfig").getString("CgroupParent");
      assertEquals("/dockherd/" + running.taskId(), parent);
      Path first = ROOT.resolve("memory" + parent);
      Path limit =
          Files.isDirectory(first)
              ? first.resolve("memory.limit_in_bytes")
              : Path.of(ROOT + parent, "memory.max");
      assertEquals(Long.toString(LIMIT), Files.readString(limit).strip());
      assertTrue(
          Files.isDirectory(limit.resolveSibling(running.containers().get("db"))), "it is below");
      node.stop(key);
      node.awaitGone(key);
      assertFalse(Files.exists(limit), "it goes with its pod");
    }
  }
}

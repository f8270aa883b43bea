package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency.Condition;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node's process ends while it brings a pod up. */
@OnLab(withNodes = false)
class NodeEndsMidLaunchLabTest {
  private final InstanceKey key = PodsNode.key("/shop/web", 1);

  @Test
  void theNextOneFinishesItWithoutDuplicatesOrOrphans(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      ContainerSpec init = Specs.container("init", "sleep", "3");
      ContainerSpec web = Specs.after(Specs.sleeper("web"), "init", Condition.COMPLETED);
      AppConfig config = Specs.service(web, init, Specs.sleeper("aside"));
      PodsNode node = host.node();
      node.run(key, config);
      Await.until("init runs", PodsNode.LIMIT, () -> host.docker("ps", "-q").lines().count() == 1);
      Instance cutOff = node.instance(key).orElseThrow();

      node = host.node();
      Instance running = node.await(key, Phase.RUNNING);
      assertEquals(List.of("shop-aside-1", "shop-init-1", "shop-web-1"), host.names());
      assertTrue(
          running.containers().values().stream().noneMatch(cutOff.containers().values()::contains));
      node.stop(key);
      node.awaitGone(key);
      assertEquals(List.of(), host.names());
    }
  }

  @Test
  void whatNobodyKnowsAnyMoreIsRemoved(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      ContainerSpec secretive =
          Specs.holding(
              Specs.sleeper("web"),
              new io.dockherd.apps.model.FileSpec(
                  "/run/secrets/x", io.vertx.core.buffer.Buffer.buffer("x"), "0400", 0, 0, true));
      PodsNode node = host.node();
      node.run(key, Specs.service(secretive));
      node.await(key, Phase.RUNNING);
      host.docker("run", "-d", "--name", "mine", "busybox", "sleep", "1000");
      host.node();
      Await.until(
          "only what is not the herd's is left",
          PodsNode.LIMIT,
          () -> host.names().equals(List.of("mine")));
    }
  }
}

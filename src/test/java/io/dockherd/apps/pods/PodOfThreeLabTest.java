package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.engine.RealEngine;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three containers in one network, from nothing to nothing. */
class PodOfThreeLabTest {
  @Test
  void runsAndLeavesNothing() {
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        Engine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
        PodsNode node = PodsNode.over(engine, new MemoryRecords())) {
      InstanceKey key = PodsNode.key("/shop/web", 1);
      JsonObject none =
          new JsonObject().put("HostConfig", new JsonObject().put("NetworkMode", "none"));
      node.run(
          key,
          Specs.service(
              Specs.inNetworkOf(Specs.sleeper("web"), "base"),
              Specs.with(Specs.sleeper("base"), none),
              Specs.inNetworkOf(Specs.sleeper("redis"), "base")));
      Instance running = node.await(key, Phase.RUNNING);
      assertEquals(List.of("base", "web", "redis"), List.copyOf(running.containers().keySet()));
      assertTrue(running.startedMillis() > 0);
      node.stop(key);
      node.awaitGone(key);
      PodEngine pods = new PodEngine(node.fleet());
      assertEquals(List.of(), pods.everyContainer());
      assertEquals(
          List.of(Phase.STAGING, Phase.STARTING, Phase.RUNNING, Phase.STOPPING), node.phases());
    } finally {
      vertx.close().await();
    }
  }
}

package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.engine.RealEngine;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The daemon dies under a pod and comes back; and so does the node, and both at once. */
class EngineRestartedUnderPodsLabTest {
  private static final JsonObject NO_NETWORK =
      new JsonObject().put("HostConfig", new JsonObject().put("NetworkMode", "none"));

  @Test
  void whatRanRunsAgainOnce() {
    InstanceKey key = PodsNode.key("/shop/web", 1);
    try (RealEngine real = RealEngine.start();
        EngineOfHost host = new EngineOfHost(real.socket())) {
      PodsNode node = host.node();
      node.run(
          key,
          Specs.service(
              Specs.inNetworkOf(Specs.sleeper("web"), "base"),
              Specs.with(Specs.sleeper("base"), NO_NETWORK),
              Specs.inNetworkOf(Specs.sleeper("redis"), "base")));
      Instance first = node.await(key, Phase.RUNNING);

      real.kill();
      real.launch();
      awaitRestarts(node, key, 1);
      assertEquals(first.containers(), node.instance(key).orElseThrow().containers());
      assertEquals(3, host.docker("ps", "-q").lines().count());

      // The node alone.
      node = host.node();
      Instance adopted = node.await(key, Phase.RUNNING);
      assertEquals(first.containers(), adopted.containers());
      assertEquals(0, adopted.restarts());

      // Both: a host that lost power.
      node.close();
      real.kill();
      real.launch();
      node = host.node();
      awaitRestarts(node, key, 1);
      assertEquals(3, host.docker("ps", "-q").lines().count());
      assertEquals(3, host.names().size());

      node.stop(key);
      node.awaitGone(key);
      assertEquals(List.of(), host.names());
    }
  }

  private static void awaitRestarts(PodsNode node, InstanceKey key, int restarts) {
    Await.until(
        () -> "it runs again: " + node.instance(key),
        PodsNode.LIMIT,
        () ->
            node.instance(key)
                .map(now -> now.phase() == Phase.RUNNING && now.restarts() == restarts)
                .orElse(false));
  }
}

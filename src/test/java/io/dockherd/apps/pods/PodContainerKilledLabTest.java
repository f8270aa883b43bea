package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A container of a pod is killed, or ends, or takes too much. */
@OnLab(withNodes = false)
class PodContainerKilledLabTest {
  private final InstanceKey key = PodsNode.key("/shop/web", 1);

  @Test
  void thePodFailsAsAWholeAndSaysWhy(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      node.run(
          key,
          Specs.service(
              Specs.sleeper("web"),
              Specs.container("db", "sh", "-c", "echo out of cheese; sleep 1000")));
      Instance running = node.await(key, Phase.RUNNING);
      host.docker("kill", running.containers().get("db"));
      InstanceFailure failure = node.await(key, Phase.FAILED).failure().orElseThrow();
      assertEquals(Reason.ENDED, failure.reason());
      assertEquals(137, failure.exitCode());
      assertEquals(List.of("out of cheese"), failure.lastLines());
      Await.until("nothing of it runs", PodsNode.LIMIT, () -> host.docker("ps", "-q").isEmpty());
      node.clear(key);
      node.awaitGone(key);
      assertEquals(List.of(), host.names());
    }
  }

  @Test
  void theNetworksOwnerIsRestartedAndThoseInItAreInTheNewOne(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      node.run(
          key,
          Specs.service(
              Specs.inNetworkOf(Specs.sleeper("web"), "base"),
              Specs.restarting(Specs.sleeper("base"), "always", 0)));
      Instance running = node.await(key, Phase.RUNNING);
      host.docker("kill", running.containers().get("base"));
      Await.until(
          "both were restarted",
          PodsNode.LIMIT,
          () -> node.instance(key).orElseThrow().restarts() == 2);
      assertEquals(
          host.docker("exec", running.containers().get("base"), "readlink", "/proc/self/ns/net"),
          host.docker("exec", running.containers().get("web"), "readlink", "/proc/self/ns/net"));
      assertEquals(Phase.RUNNING, node.instance(key).orElseThrow().phase());
      node.stop(key);
      node.awaitGone(key);
    }
  }

  @Test
  void onFailureComesBeforeTheFailureOfThePod(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      node.run(
          key,
          Specs.service(
              Specs.restarting(Specs.container("web", "sh", "-c", "exit 5"), "on-failure", 3)));
      Instance failed = node.await(key, Phase.FAILED);
      assertEquals(3, failed.restarts());
      assertEquals(5, failed.failure().orElseThrow().exitCode());
      node.clear(key);
      node.awaitGone(key);
    }
  }

  @Test
  void whatTakesMoreMemoryThanItMayFailsForThat(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      node.run(
          key,
          Specs.service(
              Specs.with(
                  Specs.container("web", "sh", "-c", "sleep 1; tail -c 100000000 /dev/zero"),
                  new JsonObject()
                      .put(
                          "HostConfig",
                          new JsonObject().put("Memory", 16 << 20).put("MemorySwap", 16 << 20)))));
      InstanceFailure failure = node.await(key, Phase.FAILED).failure().orElseThrow();
      assertTrue(failure.message().contains("container web"), failure::message);
      assertEquals(Reason.OUT_OF_MEMORY, failure.reason(), failure::message);
      node.clear(key);
      node.awaitGone(key);
    }
  }
}

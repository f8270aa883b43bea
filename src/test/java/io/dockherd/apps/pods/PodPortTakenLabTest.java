package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.failure.Refused;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody else has the port. */
@OnLab(withNodes = false)
class PodPortTakenLabTest {
  private final InstanceKey key = PodsNode.key("/shop/web", 1);

  @Test
  void aPortOfAnotherContainerIsRefusedAndNeverChosen(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node(PodsNode.settings().choosing(new PodSettings.Ports(31000, 31001)));
      host.docker("run", "-d", "-p", "31000:80", "busybox", "sleep", "1000");
      Await.until(
          "it is known", PodsNode.LIMIT, () -> !node.fleet().known(PodsNode.NAME).isEmpty());
      Refused refused =
          assertThrows(
              Refused.class,
              () ->
                  node.run(
                      key,
                      Specs.service(List.of(Specs.port("", 80, 31000)), Specs.sleeper("web"))));
      assertTrue(refused.getMessage().contains("31000"), refused::getMessage);
      node.run(key, Specs.service(List.of(Specs.port("", 80, 0)), Specs.sleeper("web")));
      assertEquals(List.of(31001), node.await(key, Phase.RUNNING).ports());
      node.stop(key);
      node.awaitGone(key);
    }
  }

  /** A program of the host's own has it, of which neither facts nor this machine tell. */
  @Test
  void aPortTheEngineCannotHaveIsGivenUpForAnother(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node(PodsNode.settings().choosing(new PodSettings.Ports(31000, 31001)));
      host.docker(
          "run",
          "-d",
          "--network",
          "host",
          "busybox",
          "sh",
          "-c",
          "httpd -p 31001 -h /; exec sleep 1000");
      node.run(
          key,
          Specs.service(
              List.of(Specs.port("", 80, 0)),
              Specs.late(Specs.sleeper("web"), java.util.Map.of("PORT0", "{port:0}"))));
      var running = node.await(key, Phase.RUNNING);
      assertEquals(List.of(31000), running.ports());
      assertTrue(
          host.inspect(running, "web")
              .getJsonObject("Config")
              .getJsonArray("Env")
              .contains("PORT0=31000"));
      node.stop(key);
      node.awaitGone(key);
      InstanceKey fixed = PodsNode.key("/shop/web", 2);
      node.run(fixed, Specs.service(List.of(Specs.port("", 80, 31001)), Specs.sleeper("web")));
      assertTrue(
          node.await(fixed, Phase.FAILED).message().contains("31001"),
          () -> node.instance(fixed).toString());
      node.clear(fixed);
      node.awaitGone(fixed);
    }
  }
}

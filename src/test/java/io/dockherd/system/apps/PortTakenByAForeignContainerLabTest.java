package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody who knows nothing of the herd has the port an app wants. */
@OnLab
class PortTakenByAForeignContainerLabTest {
  private static final int PORT = 8123;

  @Test
  void theAppGoesElsewhereAndSaysWhyNotThere(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      String foreign =
          Invocation.run(
                  "docker",
                  "-H",
                  "unix://" + herd.host(1).engineSocket(),
                  "run",
                  "-d",
                  "-p",
                  PORT + ":80",
                  "busybox",
                  "sleep",
                  "100000")
              .strip();
      JsonObject app = LabApps.sleeper("/shop/web", 3);
      app.remove("portDefinitions");
      app.put("requirePorts", true)
          .getJsonObject("container")
          .getJsonObject("docker")
          .put(
              "portMappings",
              new JsonArray().add(new JsonObject().put("containerPort", 80).put("hostPort", PORT)));
      apps.put(2, app);
      apps.awaitExactly("/shop/web", 2, 2, 3);
      assertEquals(List.of(), apps.on("/shop/web", 1));
      Await.until(
          "the queue says that one waits",
          LabApps.LIMIT,
          () -> apps.send(3, "GET", "/v2/queue", "").body().contains("/shop/web"));
      JsonArray queue =
          new JsonObject(apps.send(3, "GET", "/v2/queue", "").body()).getJsonArray("queue");
      assertEquals(1, queue.getJsonObject(0).getInteger("count"));
      Invocation.run("docker", "-H", "unix://" + herd.host(1).engineSocket(), "rm", "-f", foreign);
      apps.awaitExactly("/shop/web", 3, 1, 2, 3);
      apps.awaitSettled(1, "/shop/web");
    }
  }
}

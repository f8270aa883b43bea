package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Thorough;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An app is deployed again and again while it is at work, on a port of its own on every host. */
@OnLab
class DeploymentsUnderLoadLabTest {
  private static final String ID = "/shop/web";
  private static final int PORT = 8124;
  private static final int DEPLOYMENTS = Thorough.or(8, 20);

  /** Less than an instance that stops is told so before: the rest is for requests under way. */
  private static final Duration OLDEST_LIST = Duration.ofMillis(500);

  private static final String DRAIN = "1500ms";

  private static JsonObject app(int version) {
    JsonObject app = LabApps.sleeper(ID, 3);
    app.remove("portDefinitions");
    app.put(
            "cmd",
            "mkdir /www; echo $VERSION > /www/index.html; httpd -p 80 -h /www;"
                + " trap 'exit 0' TERM; sleep 100000 & wait")
        .put("requirePorts", true)
        .put("env", new JsonObject().put("VERSION", "" + version))
        .put("labels", new JsonObject().put("io.dockherd.drain", DRAIN))
        .put(
            "upgradeStrategy",
            new JsonObject().put("minimumHealthCapacity", 0.3).put("maximumOverCapacity", 0))
        .put(
            "healthChecks",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("protocol", "MESOS_HTTP")
                        .put("path", "/")
                        .put("portIndex", 0)
                        .put("intervalSeconds", 1)
                        .put("timeoutSeconds", 20)
                        .put("gracePeriodSeconds", 60)))
        .getJsonObject("container")
        .getJsonObject("docker")
        .put(
            "portMappings",
            new JsonArray().add(new JsonObject().put("containerPort", 80).put("hostPort", PORT)));
    return app;
  }

  @Test
  void noRequestFails(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, app(0));
      apps.awaitHealthy(1, ID);
      try (Balancer balancer = new Balancer(apps, ID, OLDEST_LIST)) {
        for (int version = 1; version <= DEPLOYMENTS; version++) {
          int host = 1 + version % 3;
          apps.put(host, app(version));
          apps.awaitHealthy(host, ID);
          long before = balancer.answered();
          Await.until(
              () -> "requests are answered: " + balancer.failures(),
              LabApps.LIMIT,
              () -> balancer.answered() > before + 3 || !balancer.failures().isEmpty());
          assertEquals(List.of(), balancer.failures());
        }
        assertTrue(balancer.answers().contains("" + DEPLOYMENTS), balancer.answers().toString());
        assertEquals(DEPLOYMENTS + 1, balancer.answers().size(), "every version has answered");
      }
    }
  }
}

package io.dockherd.system.apps;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** An app's image is on one host, or on none. */
@OnLab
class ImageMissingOnOneNodeLabTest {
  private static JsonObject of(String image, String node) {
    JsonObject app = LabApps.sleeper("/shop/web", 1);
    app.put(
        "constraints", new JsonArray().add(new JsonArray().add("hostname").add("LIKE").add(node)));
    app.getJsonObject("container").getJsonObject("docker").put("image", image);
    return app;
  }

  @Test
  void theNodeThatLacksItGetsItFromAnother(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      String engine = "unix://" + herd.host(1).engineSocket();
      Invocation.run("docker", "-H", engine, "tag", "busybox:latest", "only-here:1");
      apps.put(3, of("only-here:1", "host-2"));
      apps.awaitExactly("/shop/web", 1, 2);
    }
  }

  @Test
  void whereThereIsNoneTheAppSaysSoAndGoesOnWhenThereIs(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, of("nowhere-yet:1", "host-3"));
      Await.until(
          "the last failure is told",
          LabApps.LIMIT,
          () ->
              apps.send(2, "GET", "/v2/apps/shop/web", "")
                  .body()
                  .matches("(?s).*lastTaskFailure.*nowhere-yet.*"));
      String engine = "unix://" + herd.host(3).engineSocket();
      Invocation.run("docker", "-H", engine, "tag", "busybox:latest", "nowhere-yet:1");
      apps.awaitExactly("/shop/web", 1, 3);
    }
  }
}

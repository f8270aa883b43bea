package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every host loses power at once: what was written and what was made is there afterwards. */
@OnLab
class PowerCutLabTest {
  @Test
  void templatesAndContainersAreThereWhenTheLightIsBack(LabHerd herd) {
    Ask ask = new Ask(herd);
    JsonObject template =
        new JsonObject().put("Image", "busybox").put("Cmd", new JsonArray().add("sleep").add("9"));
    assertEquals(
        "ok",
        herd.post(
                2,
                new JsonObject()
                    .put("action", "put-template")
                    .put("name", "kept")
                    .put("body", template))
            .getString("status"));
    ask.create(1, 3);
    herd.lab().hosts().forEach(LabHost::kill);
    herd.lab().onAll(LabHost::boot);
    herd.lab().hosts().forEach(LabHost::startNodeAgain);
    herd.lab().hosts().forEach(host -> host.awaitNode(Duration.ofSeconds(20)));
    herd.awaitMembers(3, Duration.ofSeconds(15));
    for (int host = 1; host <= 3; host++) {
      int asked = host;
      Await.until(
          "host " + host + " lists all",
          Duration.ofSeconds(10),
          () -> ask.listed(asked).size() == 3 && ask.listed(asked).equals(ask.onEngines(1, 2, 3)));
    }
    for (int host = 1; host <= 3; host++) {
      JsonObject made =
          herd.post(
              host, new JsonObject().put("action", "create-container").put("template", "kept"));
      assertEquals(201, made.getInteger("statusCode"), made.encodePrettily());
    }
    assertEquals(
        "ok",
        herd.post(1, new JsonObject().put("action", "delete-template").put("name", "kept"))
            .getString("status"));
  }
}

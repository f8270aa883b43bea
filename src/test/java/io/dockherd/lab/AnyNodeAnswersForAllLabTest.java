package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The main job, from the outside: whatever is asked of one node holds for the whole herd. */
@OnLab
class AnyNodeAnswersForAllLabTest {
  private static final JsonObject SLEEPER =
      new JsonObject()
          .put("Image", "busybox")
          .put("Cmd", new JsonArray().add("sleep").add("1000"))
          .put("StopSignal", "SIGKILL");

  @Test
  void eachSeesAllThree(LabHerd herd) {
    for (int host = 1; host <= 3; host++) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(host));
    }
  }

  @Test
  void containersCreatedThroughOneLiveAndDieThroughTheOthers(LabHerd herd) {
    List<String> ids = create(herd, 1, 6);
    assertEquals(6, ids.size());
    assertEquals(
        List.of(2, 2, 2),
        IntStream.rangeClosed(1, 3).mapToObj(host -> herd.containersOn(host).size()).toList());
    for (String id : ids) {
      assertEquals(204, on(herd, 2, "start-container", id).getInteger("statusCode"));
      JsonObject inspected = on(herd, 3, "inspect-container", id);
      JsonObject state =
          inspected.getJsonObject("Response").getJsonObject("Body").getJsonObject("State");
      assertEquals(true, state.getBoolean("Running"));
      assertEquals(204, on(herd, 1, "stop-container", id).getInteger("statusCode"));
      assertEquals(204, on(herd, 2, "delete-container", id).getInteger("statusCode"));
    }
    assertEquals(0, IntStream.rangeClosed(1, 3).map(host -> herd.containersOn(host).size()).sum());
  }

  private static List<String> create(LabHerd herd, int host, int instances) {
    JsonObject request =
        new JsonObject()
            .put("action", "create-container")
            .put("body", SLEEPER)
            .put("instances", instances);
    return herd.post(host, request).getJsonArray("containers").stream()
        .map(JsonObject.class::cast)
        .map(made -> made.getJsonObject("Response").getJsonObject("Body").getString("Id"))
        .toList();
  }

  private static JsonObject on(LabHerd herd, int host, String action, String id) {
    return herd.post(host, new JsonObject().put("action", action).put("id", id));
  }
}

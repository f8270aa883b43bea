package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node runs all there is, and the herd is told to even that out. */
@OnLab
class RebalancedLabTest {
  private static JsonObject runner(JsonObject hostConfig) {
    return DockerCaller.sleeper(hostConfig)
        .put("Env", new JsonArray().add("reschedule:on-node-failure"));
  }

  private static void say(LabHerd herd, String action, String node) {
    JsonObject answer = herd.post(1, new JsonObject().put("action", action).put("node", node));
    assertEquals("ok", answer.getString("status"), answer.encode());
  }

  private static JsonArray rebalance(LabHerd herd, JsonObject fields) {
    JsonObject answer = herd.post(2, fields.put("action", "rebalance").put("maxMoves", 2));
    assertEquals("ok", answer.getString("status"), answer.encode());
    return answer.getJsonArray("moves");
  }

  private static List<Integer> counts(LabHerd herd) {
    return List.of(
        herd.containersOn(1).size(), herd.containersOn(2).size(), herd.containersOn(3).size());
  }

  @Test
  void asManyMoveAsWasSaidAndWhatHasDataStays(LabHerd herd) {
    say(herd, "drain-node", "host-2");
    say(herd, "drain-node", "host-3");
    try (DockerCaller caller = new DockerCaller(herd)) {
      JsonObject volume = new JsonObject().put("Binds", new JsonArray().add("keepsake:/data"));
      for (String name : List.of("one", "two", "three")) {
        HttpResponse<String> made = caller.run(1, "?name=" + name, runner(new JsonObject()));
        assertEquals(201, made.statusCode(), made.body());
      }
      assertEquals(201, caller.run(1, "?name=data", runner(volume)).statusCode());
      say(herd, "ready-node", "host-2");
      say(herd, "ready-node", "host-3");
      assertEquals(2, rebalance(herd, new JsonObject().put("dryRun", true)).size());
      assertEquals(List.of(4, 0, 0), counts(herd), "nothing moved yet");
      JsonArray moves = rebalance(herd, new JsonObject());
      for (Object move : moves) {
        assertEquals("moved", ((JsonObject) move).getString("outcome"), moves.encode());
      }
      assertEquals(List.of(2, 1, 1), counts(herd), moves.encode());
      String shown = herd.docker(3, "ps", "--format", "{{.Names}} {{.State}}").output();
      assertEquals(
          List.of("data running", "one running", "three running", "two running"),
          shown.lines().sorted().toList());
      assertTrue(Ask.docker(herd.host(1), "ps").contains("data"));
      assertEquals(0, rebalance(herd, new JsonObject()).size(), "it is even now");
    }
  }
}

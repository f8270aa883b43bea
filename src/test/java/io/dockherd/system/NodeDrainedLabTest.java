package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/**
 * A node is taken out of service: nothing new gets there, and labels said meanwhile hold at once.
 */
@OnLab
class NodeDrainedLabTest {
  private static final JsonObject PLAIN = new JsonObject();

  private static JsonObject say(LabHerd herd, int host, String action, JsonObject fields) {
    JsonObject answer = herd.post(host, fields.copy().put("action", action).put("node", "host-2"));
    assertEquals("ok", answer.getString("status"), answer.encode());
    return answer;
  }

  @Test
  void aDrainedNodeTakesNothingNewFromAnyDoorOfAnyNode(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      HttpResponse<String> before = caller.run(1, "", wanting("constraint:node==host-2"));
      assertEquals(201, before.statusCode(), before.body());
      say(herd, 1, "drain-node", PLAIN);
      try {
        for (int i = 0; i < 9; i++) {
          HttpResponse<String> made = caller.run(1 + i % 3, "", DockerCaller.sleeper(PLAIN));
          assertEquals(201, made.statusCode(), made.body());
        }
        HttpResponse<String> named =
            caller.post(3, "/containers/create", wanting("constraint:node==host-2"));
        assertEquals(500, named.statusCode(), named.body());
        for (int host = 1; host <= 3; host++) {
          JsonObject raw =
              herd.post(
                  host,
                  new JsonObject()
                      .put("action", "create-raw-container")
                      .put("node", "host-2")
                      .put("body", DockerCaller.sleeper(PLAIN)));
          assertTrue(raw.encode().contains("drained"), raw.encode());
        }
        assertEquals(1, herd.containersOn(2).size(), "only what it had before");
        JsonObject told =
            herd.post(3, new JsonObject().put("action", "inspect-node").put("node", "host-2"));
        assertTrue(told.getJsonObject("node").getBoolean("drained"), told.encode());
      } finally {
        say(herd, 3, "ready-node", PLAIN);
      }
      HttpResponse<String> after = caller.run(1, "", wanting("constraint:node==host-2"));
      assertEquals(201, after.statusCode(), after.body());
    }
  }

  @Test
  void aLabelMovesConstraintsAtOnce(LabHerd herd) {
    JsonObject zone = wanting("constraint:zone==late");
    try (DockerCaller caller = new DockerCaller(herd)) {
      assertEquals(500, caller.post(1, "/containers/create", zone).statusCode());
      say(herd, 1, "label-node", labels(new JsonObject().put("zone", "late")));
      assertEquals(201, caller.run(1, "", zone).statusCode());
      assertEquals(1, herd.containersOn(2).size());
      say(herd, 1, "label-node", labels(new JsonObject().putNull("zone")));
      assertEquals(500, caller.post(1, "/containers/create", zone).statusCode());
    }
  }

  private static JsonObject wanting(String constraint) {
    return DockerCaller.sleeper(PLAIN).put("Env", new JsonArray().add(constraint));
  }

  private static JsonObject labels(JsonObject labels) {
    return new JsonObject().put("labels", labels);
  }
}

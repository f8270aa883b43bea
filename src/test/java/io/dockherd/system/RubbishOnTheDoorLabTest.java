package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that are wrong in every way, sent to a node that has real work. */
@OnLab
class RubbishOnTheDoorLabTest {
  private static final List<String> RUBBISH =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "\"stop\"",
          "{}",
          "{\"action\":null}",
          "{\"action\":7}",
          "{\"action\":\"no-such-action\"}",
          "{\"action\":\"stop-container\"}",
          "{\"action\":\"stop-container\",\"id\":7}",
          "{\"action\":\"inspect-container\",\"id\":\"../../images/json\"}",
          "{\"action\":\"inspect-container\",\"id\":\"a?all=1\"}",
          "{\"action\":\"inspect-container\",\"id\":\"nobody\"}",
          "{\"action\":\"create-container\"}",
          "{\"action\":\"create-container\",\"template\":\"../../etc/passwd\"}",
          "{\"action\":\"create-container\",\"template\":\"missing\"}",
          "{\"action\":\"create-container\",\"image\":\"busybox\",\"instances\":\"2\"}",
          "{\"action\":\"create-container\",\"image\":\"busybox\",\"instances\":-1}",
          "{\"action\":\"create-container\",\"image\":\"busybox\",\"node\":\"host-9\"}",
          "{\"action\":\"create-container\",\"image\":\"no/such:image\",\"pull\":false}",
          "{\"action\":\"list-containers\",\"all\":\"yes\"}",
          "{\"action\":\"stop-container\",\"id\":\"" + "x".repeat(100_000) + "\"}",
          "[".repeat(50_000));

  @Test
  void eachIsAnsweredWithAReasonAndTheNodeGoesOn(LabHerd herd) {
    Ask ask = new Ask(herd);
    ask.create(1, 3);
    for (int host = 1; host <= 3; host++) {
      for (String rubbish : RUBBISH) {
        long asked = System.nanoTime();
        HttpResponse<String> answer = herd.exchange(host, rubbish);
        Duration taken = Duration.ofNanos(System.nanoTime() - asked);
        String shown = rubbish.substring(0, Math.min(80, rubbish.length()));
        assertTrue(answer.statusCode() >= 400, shown + " → " + answer.body());
        assertTrue(taken.compareTo(Duration.ofSeconds(6)) < 0, shown + " took " + taken);
        JsonObject body = new JsonObject(answer.body());
        assertTrue(
            body.containsKey("status") || body.containsKey("statusCode"), shown + " → " + body);
      }
    }
    assertEquals(3, ask.listed(2).size());
    assertEquals(3, ask.create(2, 3).size());
  }
}

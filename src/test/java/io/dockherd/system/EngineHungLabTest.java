package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A daemon takes connections and answers nothing. */
@OnLab
class EngineHungLabTest {
  @Test
  void everyRequestIsAnsweredInTimeAndTheOthersServe(LabHerd herd) {
    Ask ask = new Ask(herd);
    String there = ask.createdOn(2);
    herd.host(2).freezeEngine();

    long asked = System.nanoTime();
    HttpResponse<String> inspected =
        herd.exchange(
            3, new JsonObject().put("action", "inspect-container").put("id", there).encode());
    Duration taken = Duration.ofNanos(System.nanoTime() - asked);
    assertTrue(
        inspected.statusCode() == 504 || inspected.statusCode() == 502,
        inspected.statusCode() + " " + inspected.body());
    assertTrue(inspected.body().contains("host-2"), inspected.body());
    assertTrue(taken.compareTo(Duration.ofSeconds(8)) < 0, taken.toString());

    assertTrue(ask.listed(1).contains(there), "lists come from what is known");
    JsonObject created = herd.post(1, Ask.sleepers(4));
    assertEquals(4, created.getJsonArray("containers").size());
    for (Object each : created.getJsonArray("containers")) {
      JsonObject entry = (JsonObject) each;
      // Whether a hung engine did it is not known, so it is not done elsewhere as well.
      assertTrue(
          entry.getInteger("statusCode", 0) == 201
              || (entry.getString("error").equals("timeout")
                  && entry.getString("node").equals("host-2")),
          entry.encodePrettily());
    }
    JsonObject afterwards = herd.post(3, Ask.sleepers(4));
    assertEquals(4, afterwards.getInteger("created"), afterwards.encodePrettily());

    herd.host(2).thawEngine();
    Await.until(
        "host 2's engine answers again",
        Duration.ofSeconds(10),
        () -> ask.act(3, "inspect-container", there).getInteger("statusCode", 0) == 200);
    Await.until(
        "nothing is on any engine that nobody was told of",
        Duration.ofSeconds(30),
        () ->
            ask.onEngines(1, 2, 3).size()
                == 3 + created.getInteger("created") + afterwards.getInteger("created"));
  }
}

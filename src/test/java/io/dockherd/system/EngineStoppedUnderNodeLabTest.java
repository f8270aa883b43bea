package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A daemon is stopped while its node goes on. */
@OnLab
class EngineStoppedUnderNodeLabTest {
  @Test
  void theHerdSaysSoPlacesElsewhereAndTakesItBack(LabHerd herd) {
    Ask ask = new Ask(herd);
    String there = ask.createdOn(2);
    herd.host(2).stopEngine();

    HttpResponse<String> inspected =
        herd.exchange(
            1, new JsonObject().put("action", "inspect-container").put("id", there).encode());
    assertEquals(502, inspected.statusCode(), inspected.body());
    assertTrue(inspected.body().contains("host-2"), inspected.body());

    List<JsonObject> more = ask.create(3, 4);
    assertEquals(4, more.size());
    assertTrue(
        more.stream().noneMatch(one -> one.getString("dockerInstance").equals("host-2")),
        more.toString());

    herd.host(2).startEngine();
    Await.until(
        "host 2's engine takes part again",
        Duration.ofSeconds(10),
        () -> ask.act(1, "inspect-container", there).getInteger("statusCode", 0) == 200);
    Await.until(
        "every node lists what there is",
        Duration.ofSeconds(10),
        () -> ask.listed(1).equals(ask.onEngines(1, 2, 3)) && ask.listed(1).equals(ask.listed(3)));
  }
}

package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two hundred creates arrive at the same moment, over all nodes. */
@OnLab
class TwoHundredCreatesAtOnceLabTest {
  private static final int CREATES = 200;

  @Test
  void eachIsAnsweredAndTheAnswersAreTrue(LabHerd herd) throws Exception {
    Ask ask = new Ask(herd);
    List<Future<JsonObject>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CREATES; i++) {
        int host = 1 + i % 3;
        JsonObject one = Ask.sleepers(1).put("timeLimit", 50_000);
        one.remove("instances");
        asked.add(threads.submit(() -> herd.post(host, one)));
      }
    }
    Set<String> created = new TreeSet<>();
    for (Future<JsonObject> answer : asked) {
      JsonObject envelope = answer.get();
      assertEquals(201, envelope.getInteger("statusCode"), envelope.encode());
      created.add(Ask.id(envelope));
    }
    assertEquals(CREATES, created.size());
    assertEquals(created, ask.onEngines(1, 2, 3));
    for (int host = 1; host <= 3; host++) {
      int share = herd.containersOn(host).size();
      // Three nodes place at the same moment, none of them knowing all of what the others place.
      assertTrue(share >= 40 && share <= 95, "host " + host + " got " + share);
      int seer = host;
      Await.until(
          "host " + host + " lists all",
          Duration.ofSeconds(5),
          () -> ask.listed(seer).equals(created));
    }
  }
}

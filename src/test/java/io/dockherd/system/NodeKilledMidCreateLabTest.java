package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A node dies while containers are being created on it. */
@OnLab
class NodeKilledMidCreateLabTest {
  private static final int INSTANCES = 45;

  @Test
  void everyInstanceIsAccountedForByName(LabHerd herd) throws Exception {
    Ask ask = new Ask(herd);
    JsonObject answer;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JsonObject> asked = threads.submit(() -> herd.post(1, Ask.sleepers(INSTANCES)));
      Await.until(
          "host 3 has begun", Duration.ofSeconds(20), () -> herd.containersOn(3).size() > 2);
      herd.host(3).killNode();
      answer = asked.get();
    }
    List<JsonObject> entries =
        answer.getJsonArray("containers").stream().map(JsonObject.class::cast).toList();
    assertEquals(INSTANCES, entries.size());
    assertEquals(INSTANCES, answer.getInteger("requested"));
    Set<String> created = new TreeSet<>();
    for (JsonObject entry : entries) {
      if (entry.getInteger("statusCode", 0) == 201) {
        created.add(Ask.id(entry));
      } else {
        assertEquals("host-3", entry.getString("node"), entry.encode());
        assertTrue(entry.getString("message").contains("host-3"), entry.encode());
      }
    }
    assertEquals(created.size(), answer.getInteger("created"));
    assertTrue(ask.onEngines(1, 2, 3).containsAll(created), "what was said to be there is there");
    Set<String> here =
        ask.onEngines(1, 2).stream()
            .filter(id -> !created.contains(id))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), here, "nothing on the living hosts that nobody was told of");
  }
}

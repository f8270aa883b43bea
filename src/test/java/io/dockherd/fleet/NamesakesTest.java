package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.Await;
import io.dockherd.failure.Ambiguous;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two containers of one name on two nodes, made past the herd or on both sides of a split. */
class NamesakesTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final FleetHerd herd = FleetHerd.of("host-1", "host-2", "host-3");

  @AfterEach
  void end() {
    herd.close();
  }

  @Test
  void areToldOnceAndReachedByTheirNodes() {
    List<JsonObject> told = new CopyOnWriteArrayList<>();
    for (String node : List.of("host-1", "host-2", "host-3")) {
      herd.fleet(node)
          .listen(
              event -> {
                if (event.getString("action").equals("namesake")) {
                  told.add(event);
                }
              });
    }
    String first = herd.engine("host-3").create("twin");
    herd.engine("host-2").create("single");
    String second = herd.engine("host-2").create("twin");
    Await.until("it is told", LIMIT, () -> !told.isEmpty());
    HerdFleet asked = herd.fleet("host-1");
    Await.until("host-1 knows both", LIMIT, () -> asked.containers().size() == 3);
    assertThrows(Ambiguous.class, () -> asked.locate("twin", LIMIT));
    assertEquals(first, asked.locate("host-3/twin", LIMIT).id());
    assertEquals(second, asked.locate("host-2/twin", LIMIT).id());
    assertEquals(1, told.size());
    assertEquals("twin", told.getFirst().getString("name"));
    assertEquals("host-2", told.getFirst().getString("node"));
    assertEquals(
        new JsonArray().add("host-2").add("host-3"), told.getFirst().getJsonArray("nodes"));
  }
}

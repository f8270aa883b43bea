package io.dockherd.doors.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.Instance;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedEventsTest {
  private final Vertx vertx = Vertx.vertx();
  private final AppsBench bench = new AppsBench();
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    bench.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private long count(String action, String node) {
    return heard.stream()
        .filter(event -> event.getString("action").equals(action))
        .filter(event -> event.getString("node", "").equals(node))
        .count();
  }

  @Test
  void eachEventIsPublishedByOneNode() {
    vertx.eventBus().<JsonObject>consumer("herd.events").handler(it -> heard.add(it.body()));
    for (String node : List.of("host-1", "host-2")) {
      boolean isSteward = node.equals("host-2");
      new PublishedEvents(
          vertx.eventBus(), "herd", node, path -> isSteward, bench.apps(), InstantSource.system());
    }
    bench.apps().put(List.of(AppsBench.wanted("/shop/web", 2)), bench.options());
    bench.run("/shop/web", 1, "host-1");
    Instance second = bench.run("/shop/web", 2, "host-3");
    bench.remove(second);
    bench.lose("host-1");
    Await.until(
        () -> "each is told once: " + heard,
        Duration.ofSeconds(20),
        () ->
            count("instance-gone", "host-1") == 1
                && count("instance-moved", "host-1") == 1
                && count("changed", "") == 1
                && count("rollout-began", "") == 1);
    assertEquals(0, count("instance-moved", "host-3"), "it is another's to tell");
    JsonObject moved =
        heard.stream()
            .filter(event -> event.getString("action").equals("instance-moved"))
            .findFirst()
            .orElseThrow();
    assertEquals("app", moved.getString("type"));
    assertEquals("/shop/web", moved.getString("path"));
  }
}

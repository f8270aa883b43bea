package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever others do to an engine is known a moment later, from its events alone. */
class ChangesBehindOurBackLabTest {
  private static final JsonObject PLAIN = new JsonObject();
  private static WatchedEngine engine;

  @BeforeAll
  static void start() {
    engine = new WatchedEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @AfterEach
  void clear() {
    engine.call(EngineRequest.post(WatchedEngine.LIMIT, "containers", "prune"));
    engine.awaitTold();
  }

  private void remove(String id) {
    engine.call(EngineRequest.delete(WatchedEngine.LIMIT, "containers", id).query("force", 1));
  }

  @Test
  void aContainersWholeLife() {
    String id = engine.create("web", PLAIN, "sleep", "600");
    engine.awaitTold("\\[web\\] Created");
    engine.act(id, "start");
    engine.awaitTold("\\[web\\] Up .*");
    engine.awaitSameAsEngine();
    engine.act(id, "pause");
    engine.awaitTold("\\[web\\] Up .* \\(Paused\\)");
    engine.awaitSameAsEngine();
    engine.act(id, "unpause");
    engine.awaitTold("\\[web\\] Up [^(]*");
    engine.call(
        EngineRequest.post(WatchedEngine.LIMIT, "containers", id, "rename").query("name", "old"));
    engine.awaitTold("\\[old\\] Up .*");
    engine.act(id, "kill");
    engine.awaitTold("\\[old\\] Exited \\(137\\) .* ago");
    engine.awaitSameAsEngine();
    remove(id);
    engine.awaitTold();
  }

  @Test
  void aContainerThatEndsByItself() {
    engine.act(engine.create("short", PLAIN, "sh", "-c", "exit 7"), "start");
    engine.awaitTold("\\[short\\] Exited \\(7\\) .* ago");
    engine.awaitSameAsEngine();
  }

  @Test
  void aContainerThatRestartsAgainAndAgain() {
    JsonObject always =
        new JsonObject()
            .put(
                "HostConfig",
                new JsonObject().put("RestartPolicy", new JsonObject().put("Name", "always")));
    String id = engine.create("loop", always, "sh", "-c", "exit 3");
    engine.act(id, "start");
    engine.awaitTold("\\[loop\\] Restarting \\(3\\) .* ago");
    remove(id);
    engine.awaitTold();
  }

  @Test
  void aHealthCheckAndItsVerdict() {
    JsonObject checked =
        new JsonObject()
            .put(
                "Healthcheck",
                new JsonObject()
                    .put("Test", new JsonArray().add("CMD-SHELL").add("[ -e /tmp/ok ]"))
                    .put("Interval", Duration.ofMillis(200).toNanos())
                    .put("Retries", 2));
    String id = engine.create("checked", checked, "sh", "-c", "sleep 1; > /tmp/ok; sleep 600");
    engine.act(id, "start");
    engine.awaitTold("\\[checked\\] Up .* \\(unhealthy\\)");
    engine.awaitTold("\\[checked\\] Up .* \\(healthy\\)");
    engine.awaitSameAsEngine();
    remove(id);
  }

  @Test
  void aStormOfChanges() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        String name = "storm-" + i;
        boolean isRemoved = i % 2 == 0;
        threads.submit(
            () -> {
              String id = engine.create(name, PLAIN, "true");
              engine.act(id, "start");
              if (isRemoved) {
                remove(id);
              }
            });
      }
    }
    Await.until("half are left", WatchedEngine.LIMIT, () -> engine.told().size() == 10);
    engine.awaitSameAsEngine();
  }

  @Test
  void imagesVolumesAndNetworks() {
    Duration limit = WatchedEngine.LIMIT;
    engine.call(
        EngineRequest.post(limit, "images", "busybox", "tag")
            .query("repo", "other")
            .query("tag", "1"));
    Await.until("the tag", limit, () -> has(FactKind.IMAGE, "other:1"));
    engine.call(EngineRequest.delete(limit, "images", "other:1"));
    Await.until("no tag", limit, () -> !has(FactKind.IMAGE, "other:1"));
    engine.call(
        EngineRequest.post(limit, "volumes", "create").json(new JsonObject().put("Name", "store")));
    Await.until("the volume", limit, () -> has(FactKind.VOLUME, "store"));
    engine.call(EngineRequest.delete(limit, "volumes", "store"));
    Await.until("no volume", limit, () -> !has(FactKind.VOLUME, "store"));
    assertTrue(has(FactKind.NETWORK, "\"none\""));
    assertEquals("1.41", engine.engineFact().json().getString("apiVersion"));
    assertTrue(engine.engineFact().cpus() > 0);
    assertEquals(1, engine.facts.of(FactKind.LOAD).size());
  }

  private static boolean has(String kind, String text) {
    return engine.facts.of(kind).stream().anyMatch(fact -> fact.value().toString().contains(text));
  }
}

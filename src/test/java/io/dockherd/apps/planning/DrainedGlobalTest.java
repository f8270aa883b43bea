package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.Plan;
import io.dockherd.apps.model.AppConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A drained node is emptied of what can be elsewhere, or need not be there. */
class DrainedGlobalTest {
  private static final JsonObject VOLUME = new JsonObject().put("name", "data");

  private static AppConfig global(boolean hasVolume, String kind) {
    return Scene.config(
        json -> {
          if (hasVolume) {
            json.getJsonObject("pod").put("volumes", new JsonArray().add(VOLUME));
          }
          return json.put("global", true).put("kind", kind);
        });
  }

  private static Scene drained(AppConfig config) {
    Scene scene = new Scene(config, 1).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.drained.add("b");
    return scene;
  }

  @Test
  void aGlobalServiceLeavesIt() {
    assertEquals(List.of("stop #2 on b"), drained(global(false, "service")).steps());
  }

  @Test
  void whatHasLocalVolumesStaysAndAJobRunsToItsEnd() {
    assertEquals(Plan.NOTHING, drained(global(true, "service")).plan());
    assertEquals(Plan.NOTHING, drained(global(false, "job")).plan());
  }

  @Test
  void nothingNewComesThere() {
    Scene scene = drained(global(true, "service"));
    scene.instances.removeLast();
    assertEquals(List.of(), scene.steps());
  }

  @Test
  void noneIsStoppedThereThatCouldNotBeStartedAgain() {
    AppConfig config = global(true, "service");
    Scene scene = drained(config);
    JsonObject update =
        new JsonObject()
            .put("order", "stop-first")
            .put("minimumHealthy", 0)
            .put("parallelism", 0)
            .put("monitorMillis", 0);
    scene.update(AppConfig.of(config.json().put("update", update)));
    assertEquals(
        List.of("stop #1 on a"),
        scene.steps().stream().filter(step -> step.startsWith("stop")).toList());
  }
}

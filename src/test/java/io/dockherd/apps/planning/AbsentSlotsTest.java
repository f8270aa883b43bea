package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.Plan;
import io.dockherd.apps.model.AppConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Slots whose nodes are away count as there, but only as far as they are wanted. */
class AbsentSlotsTest {
  private static AppConfig splitting(String onSplit, boolean hasVolume) {
    return Scene.config(
        json -> {
          if (hasVolume) {
            JsonObject volume = new JsonObject().put("name", "data");
            json.getJsonObject("pod").put("volumes", new JsonArray().add(volume));
          }
          return json.put("onSplit", onSplit);
        });
  }

  /** Three of a kind, each at home on its node, and that of the third is away. */
  private static Scene thirdAway(AppConfig config) {
    Scene scene = new Scene(config, 3).nodes("a", "b", "c");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.running(3, "c", 1);
    if (config.onSplit().name().equals("STAY")) {
      scene.outcomes = scene.outcomes.housed(1, "a").housed(2, "b").housed(3, "c");
    }
    return scene.lose("c");
  }

  @Test
  void ofAnAppThatStaysTheAbsentGoFirstWhenItIsToBeSmaller() {
    for (boolean hasVolume : List.of(true, false)) {
      Scene scene = thirdAway(splitting("stay", hasVolume));
      assertEquals(Plan.NOTHING, scene.plan());
      Planned planned = scene.scale(2).planned();
      assertEquals(List.of("settle"), Scene.words(planned.plan().steps()));
      assertEquals(Set.of(3), planned.left());
      // Also when that has been written down: none is stopped, and none is started elsewhere.
      scene.outcomes = scene.outcomes.unhoused(3);
      assertEquals(List.of("settle"), scene.steps());
    }
  }

  @Test
  void whoIsHereGoesOnlyWhenThereAreStillTooMany() {
    Scene scene = thirdAway(splitting("stay", true)).scale(1);
    Planned planned = scene.planned();
    assertEquals(List.of("stop #2 on b"), Scene.words(planned.plan().steps()));
    assertEquals(Set.of(3), planned.left());
  }

  @Test
  void aSlotThatIsStillWantedIsHeldForItsNode() {
    Scene scene = thirdAway(splitting("stay", true));
    scene.instances.removeLast();
    Planned planned = scene.scale(4).planned();
    assertEquals(Set.of(), planned.left());
    List<String> steps = Scene.words(planned.plan().steps());
    assertEquals(2, steps.size(), steps.toString());
    assertTrue(steps.contains("run #2 of 1 on b"), steps.toString());
    assertTrue(steps.stream().noneMatch(step -> step.startsWith("run #3")), steps.toString());
  }

  @Test
  void aSideWithoutAMajorityStopsNothingForThoseItCantSee() {
    Scene scene = thirdAway(splitting("majority", false)).lose("b");
    scene.mayReplace = false;
    assertEquals(List.of("settle"), scene.scale(2).steps());
    assertEquals(List.of("settle"), scene.scale(1).steps());
    assertEquals(List.of("stop #1 on a"), scene.scale(0).steps());
  }

  @Test
  void aSideWithoutAMajorityKeepsWhatItRunsAlsoWhenItIsOld() {
    AppConfig old = splitting("majority", false);
    Scene scene = thirdAway(old).lose("b");
    scene.mayReplace = false;
    String policy = "{'order':'stop-first','minimumHealthy':0,'monitorMillis':0}";
    scene.update(AppConfig.of(Scene.updating(policy).json().put("onSplit", "majority")));
    assertEquals(List.of(), scene.steps());
    assertTrue(scene.plan().waiting().isPresent());
    scene.mayReplace = true;
    assertTrue(scene.plan().waiting().isEmpty());
  }

  @Test
  void anUpdateBesideTheOldOnesStartsNothingForASlotThatIsAway() {
    Scene scene = thirdAway(splitting("stay", false));
    scene.update(
        AppConfig.of(
            Scene.updating("{'monitorMillis':0,'delayMillis':1}").json().put("onSplit", "stay")));
    List<String> course = scene.course();
    assertEquals(
        2, course.stream().filter(step -> step.startsWith("run")).count(), course.toString());
    assertEquals("settle", course.getLast());
  }
}

package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.apps.model.Outcomes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AftermathTest {
  private static Aftermath aftermath(Scene scene, boolean wasTrusted) {
    return new Aftermath(
        scene.app, scene.situation().config(), id -> wasTrusted, scene.nodes.keySet(), scene.now);
  }

  @Test
  void eachEndIsCountedOnce() {
    Scene scene = new Scene(Scene.config(), 2);
    Instance failed = scene.add(1, "a", 1, Phase.FAILED, false);
    Outcomes once = aftermath(scene, false).of(Outcomes.NONE, List.of(failed), List.of());
    assertEquals(1, once.row().countOf(scene.rev(1)));
    assertEquals(once, aftermath(scene, false).of(once, List.of(failed), List.of()));
    assertEquals(once, Outcomes.of(once.json()));
  }

  @Test
  void aRolloutIsBlamedForNewInstancesThatHadNotProvedThemselves() {
    Scene scene = new Scene(Scene.config(), 2).update(Scene.updating("{'monitorMillis':5000}"));
    String rollout = scene.app.rollout().orElseThrow().id();
    Instance old = scene.add(1, "a", 1, Phase.FAILED, false);
    Instance fresh = scene.add(2, "a", 2, Phase.FAILED, false);
    Outcomes both = aftermath(scene, false).of(Outcomes.NONE, List.of(old, fresh), List.of());
    assertEquals(1, both.row().failedIn(rollout));
    Outcomes trusted = aftermath(scene, true).of(Outcomes.NONE, List.of(old, fresh), List.of());
    assertEquals(0, trusted.row().failedIn(rollout));
    assertEquals(1, trusted.row().countOf(scene.rev(2)));
  }

  @Test
  void aServiceThatEndsWellHasFailedAndAJobIsDone() {
    Scene service = new Scene(Scene.config(), 1);
    Instance ended = service.add(1, "a", 1, Phase.FINISHED, false);
    Outcomes failed = aftermath(service, true).of(Outcomes.NONE, List.of(ended), List.of());
    assertEquals(Reason.ENDED, failed.last().orElseThrow().reason());

    Scene job = new Scene(Scene.config(json -> json.put("kind", "job")), 1);
    Instance done = job.add(1, "a", 1, Phase.FINISHED, false);
    Outcomes finished = aftermath(job, false).of(Outcomes.NONE, List.of(done), List.of());
    assertTrue(finished.last().isEmpty());
    assertEquals(new TreeMap<>(Map.of(1, "a")), finished.done().of(job.rev(1)));
  }

  @Test
  void aLossIsToldButNothingWaitsForIt() {
    Scene scene = new Scene(Scene.config(), 1);
    Instance lost = scene.running(1, "a", 1);
    Outcomes after = aftermath(scene, false).of(Outcomes.NONE, List.of(), List.of(lost));
    assertEquals(Reason.LOST, after.last().orElseThrow().reason());
    assertEquals(0, after.row().countOf(scene.rev(1)));
    assertEquals(after, aftermath(scene, false).of(after, List.of(), List.of(lost)));
  }

  @Test
  void whereAnAppStaysIsWhereItIsSeen() {
    AppConfig stays = Scene.config(json -> json.put("onSplit", "stay"));
    Scene scene = new Scene(stays, 1);
    Instance one = scene.running(1, "a", 1);
    assertEquals(
        "a", aftermath(scene, false).of(Outcomes.NONE, List.of(one), List.of()).homes().get(1));
  }

  @Test
  void homesNobodyIsToComeToAreForgottenOnceAllAreThere() {
    AppConfig stays = Scene.config(json -> json.put("onSplit", "stay"));
    Scene scene = new Scene(stays, 2).nodes("a", "b", "c");
    Instance one = scene.running(1, "a", 1);
    Instance third = scene.running(3, "c", 1);
    scene.outcomes = scene.outcomes.housed(1, "a").housed(2, "b").housed(3, "c");
    assertEquals(
        scene.outcomes,
        aftermath(scene, false).of(scene.outcomes, List.of(one), List.of()),
        "one may still come");
    Scene without = new Scene(stays, 2).nodes("a", "c");
    assertEquals(
        scene.outcomes,
        aftermath(without, false).of(scene.outcomes, List.of(one, third), List.of()),
        "there may be one on b");
    scene.outcomes = aftermath(scene, false).of(scene.outcomes, List.of(one, third), List.of());
    assertEquals(Map.of(1, "a", 3, "c"), scene.outcomes.homes());
    scene.nodes.remove("b");
    assertEquals(List.of(), scene.steps(), "b was not to have any");
  }
}

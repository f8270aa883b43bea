package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.apps.model.Outcomes;
import java.util.ArrayList;
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
  void aJobThatWasTakenForLostIsDoneWhenItComesBackAndEnds() {
    Scene job = new Scene(Scene.config(json -> json.put("kind", "job")), 1);
    Instance works = job.running(1, "a", 1);
    Outcomes away = aftermath(job, false).of(Outcomes.NONE, List.of(), List.of(works));
    Outcomes back = aftermath(job, false).of(away, List.of(works), List.of());
    assertEquals(List.of(), back.lost());
    Instance done = Scene.instance(works.id(), "a", works.revision(), Phase.FINISHED, false, 1);
    Outcomes finished = aftermath(job, false).of(back, List.of(done), List.of());
    assertEquals(new TreeMap<>(Map.of(1, "a")), finished.done().of(job.rev(1)));
    // Also when it had ended by the time it was seen again.
    Outcomes atOnce = aftermath(job, false).of(away, List.of(done), List.of());
    assertEquals(new TreeMap<>(Map.of(1, "a")), atOnce.done().of(job.rev(1)));
    assertEquals(away, Outcomes.of(away.json()));
  }

  @Test
  void ofManyThatEndAtOnceNoneIsCountedTwice() {
    Scene scene = new Scene(Scene.config(), 300);
    List<Instance> failed = new ArrayList<>();
    List<Instance> lost = new ArrayList<>();
    for (int i = 1; i <= 150; i++) {
      failed.add(scene.add(i, "a", 1, Phase.FAILED, false));
      lost.add(scene.add(150 + i, "b", 1, Phase.RUNNING, true));
    }
    Outcomes once = aftermath(scene, false).of(Outcomes.NONE, failed, lost);
    assertEquals(150, once.row().countOf(scene.rev(1)));
    assertEquals(once, aftermath(scene, false).of(once, failed, lost));
    // When nobody tells of them any more, not all of them are remembered.
    Outcomes later = aftermath(scene, false).of(once, List.of(), List.of());
    assertEquals(100, later.noted().size());
    assertEquals(100, later.lost().size());
    assertEquals(failed.getLast().id(), later.noted().getLast());
  }

  @Test
  void whereAnAppStaysIsKnownAlsoOfWhatIsLostBeforeItIsSeen() {
    Scene scene = new Scene(Scene.config(json -> json.put("onSplit", "stay")), 1);
    Instance one = scene.running(1, "a", 1);
    Outcomes lost = aftermath(scene, false).of(Outcomes.NONE, List.of(), List.of(one));
    assertEquals("a", lost.homes().get(1));
    // Once it has no home any more, that it is away gives it none.
    Outcomes left = lost.unhoused(1);
    assertEquals(left, aftermath(scene, false).of(left, List.of(), List.of(one)));
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

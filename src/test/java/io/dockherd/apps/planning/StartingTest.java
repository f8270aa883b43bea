package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.Outcomes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class StartingTest {
  private static Outcomes failed(Scene scene, int revision) {
    Instance bad = scene.add(1, "a", revision, Phase.FAILED, false);
    scene.instances.clear();
    Aftermath aftermath =
        new Aftermath(scene.app, scene.situation().config(), id -> false, Set.of(), scene.now);
    return aftermath.of(Outcomes.NONE, List.of(bad), List.of());
  }

  @Test
  void whatHasNotFailedDoesNotWaitWhateverTheClockOfWhoNotedTheLastFailureSaid() {
    Scene scene = new Scene(Scene.config(), 1).nodes("a");
    scene.now = scene.now.plus(Duration.ofHours(1));
    Outcomes noted = failed(scene, 1);
    scene.now = scene.now.minus(Duration.ofHours(1));
    scene.outcomes = noted;
    assertEquals(List.of(), scene.steps());
    scene.outcomes = noted.forgiven();
    assertEquals(List.of("run #1 of 1 on a"), scene.steps());
    scene.outcomes = noted;
    scene.update(Scene.updating("{'monitorMillis':0}"));
    assertEquals(List.of("run #1 of 2 on a"), scene.steps());
  }

  @Test
  void ofManyThatAreMissingSomeAreBegunInEachLook() {
    Scene scene = new Scene(Scene.config(), 5_000).nodes("a", "b", "c");
    Predicate<String> isRun = step -> step.startsWith("run");
    assertEquals(Starting.MOST_AT_ONCE, scene.steps().stream().filter(isRun).count());
  }
}

package io.dockherd.apps.planning;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Backoff;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Rollout;
import io.dockherd.scheduling.NodeLoad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Nodes that do what a plan says, at their own pace and not always well, and a steward that takes
 * note of it: one second a round.
 */
final class World {
  final Scene scene;
  private final Random random;
  private final Map<String, NodeLoad> away = new HashMap<>();
  private final Map<String, List<Instance>> beyond = new HashMap<>();

  /** How likely it is that something goes wrong with an instance in a round, in percent. */
  int trouble;

  World(Scene scene, long seed) {
    this.scene = scene;
    this.random = new Random(seed);
  }

  /** One second: plans, does the steps, lets time pass. */
  Planned round() {
    Planned planned = scene.planned();
    for (int slot : planned.left()) {
      scene.outcomes = scene.outcomes.unhoused(slot);
    }
    planned.plan().steps().forEach(this::take);
    Map<InstanceId, InstanceId> moves = new HashMap<>(scene.moves);
    moves.putAll(planned.moves());
    scene.now = scene.now.plusSeconds(1);
    live();
    moves.values().removeIf(id -> scene.instances.stream().noneMatch(one -> isLive(one, id)));
    moves.keySet().removeIf(id -> scene.instances.stream().noneMatch(one -> isLive(one, id)));
    scene.moves = moves;
    return planned;
  }

  private static boolean isLive(Instance one, InstanceId id) {
    return one.id().equals(id) && one.phase().isLive();
  }

  private boolean isTrouble() {
    return random.nextInt(100) < trouble;
  }

  private void take(Step step) {
    switch (step) {
      case Step.Run run -> {
        if (isTrouble()) {
          scene.refusals.put(run.node(), "it does not like it");
        } else {
          scene.instances.add(
              Scene.instance(run.id(), run.node(), run.revision(), Phase.STAGING, false, millis()));
          if (scene.situation().config().onSplit() == OnSplit.STAY) {
            scene.outcomes = scene.outcomes.housed(run.id().slot(), run.node());
          }
        }
      }
      case Step.Stop stop -> {
        phase(stop.id(), Phase.STOPPING, false);
        if (stop.isForGood()) {
          scene.outcomes = scene.outcomes.unhoused(stop.id().slot());
        }
      }
      case Step.Clear clear -> scene.instances.removeIf(one -> one.id().equals(clear.id()));
      case Step.Settle settle -> scene.app = scene.app.settled();
      case Step.Pause pause -> scene.pause();
      case Step.RollBack back ->
          scene.change(back.to(), scene.app.instances(), Rollout.Kind.ROLLBACK);
    }
  }

  private long millis() {
    return scene.now.toEpochMilli();
  }

  private void phase(InstanceId id, Phase phase, boolean isHealthy) {
    scene.instances.replaceAll(
        one ->
            one.id().equals(id)
                ? Scene.instance(
                    id,
                    one.node(),
                    one.revision(),
                    phase,
                    isHealthy,
                    isHealthy && !one.isHealthy() ? millis() : one.startedMillis())
                : one);
  }

  private void live() {
    for (Instance one : List.copyOf(scene.instances)) {
      boolean isDue = random.nextInt(3) > 0;
      switch (one.phase()) {
        case STAGING, STARTING, RUNNING -> {
          if (isTrouble()) {
            fail(one);
          } else if (one.phase() == Phase.STAGING && isDue) {
            phase(one.id(), Phase.STARTING, false);
          } else if (one.phase() == Phase.STARTING && isDue) {
            phase(one.id(), Phase.RUNNING, true);
          } else if (isTrouble()) {
            phase(one.id(), one.phase(), false);
          } else if (one.phase() == Phase.RUNNING && !one.isHealthy() && isDue) {
            phase(one.id(), Phase.RUNNING, true);
          }
        }
        case STOPPING -> {
          if (isDue) {
            scene.instances.remove(one);
          }
        }
        case FAILED, FINISHED -> {}
      }
    }
    if (random.nextInt(4) == 0) {
      scene.refusals.clear();
    }
  }

  /** The steward takes note at once. */
  private void fail(Instance one) {
    phase(one.id(), Phase.FAILED, false);
    InstanceFailure failure =
        new InstanceFailure(
            one.path(),
            one.id(),
            one.revision(),
            one.node(),
            "",
            InstanceFailure.Reason.ENDED,
            "bad luck",
            "web",
            1,
            List.of(),
            millis());
    boolean isNew = one.revision().equals(scene.app.revision());
    String rollout = isNew ? scene.app.rollout().map(Rollout::id).orElse("") : "";
    scene.outcomes = scene.outcomes.failed(failure, Backoff.DEFAULT, millis(), rollout);
  }

  /** Something that is not the planner's doing. */
  void happening(AppConfig... choices) {
    List<String> present = new ArrayList<>(scene.nodes.keySet());
    switch (random.nextInt(9)) {
      case 0 -> {
        if (present.size() > 1) {
          cut(present.get(random.nextInt(present.size())));
        }
      }
      case 1, 2 -> comeBack();
      case 3 -> scene.drained.add(present.get(random.nextInt(present.size())));
      case 4 -> scene.drained.clear();
      case 5 -> scene.scale(random.nextInt(7));
      case 6 -> scene.update(choices[random.nextInt(choices.length)], random.nextInt(7));
      case 7 -> scene.app.rollout().ifPresent(change -> scene.app = scene.app.stopped());
      default -> scene.newcomers.clear();
    }
  }

  /** Somebody wants something else. */
  void change(AppConfig... choices) {
    if (random.nextBoolean()) {
      scene.scale(random.nextInt(7));
    } else {
      scene.update(choices[random.nextInt(choices.length)], random.nextInt(7));
    }
  }

  /** A node is cut off; what it runs goes on beyond the split. */
  void cut(String node) {
    away.put(node, scene.nodes.get(node));
    beyond.put(node, scene.instances.stream().filter(one -> one.node().equals(node)).toList());
    scene.lose(node);
  }

  /** All that is cut off is there again, with what it has. */
  void comeBack() {
    scene.nodes.putAll(away);
    beyond.values().forEach(scene.instances::addAll);
    scene.lost.clear();
    away.clear();
    beyond.clear();
  }

  /** Peace: nothing goes wrong any more, and everything is back. */
  void settle() {
    trouble = 0;
    comeBack();
    scene.drained.clear();
    scene.newcomers.clear();
    resume();
  }

  /** Somebody lets a paused rollout go on. */
  void resume() {
    if (scene.app.rollout().filter(change -> !change.isRunning()).isPresent()) {
      scene.app = scene.app.with(scene.app.rollout().get().resumed(scene.now));
      scene.outcomes = scene.outcomes.forgiven();
    }
  }
}

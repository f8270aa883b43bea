package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.PlacementRules;
import io.dockherd.apps.model.UpdatePolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order: seeded, so that what fails fails again. */
class PlannerPropertyTest {
  private static final int WORLDS = 400;
  private static final int ROUNDS = 80;

  /** By then everything is at rest: longer than the longest backoff, and all that is slow. */
  private static final int PEACE = 900;

  private static AppConfig config(Random random, Kind kind) {
    JsonObject update =
        new JsonObject()
            .put("parallelism", random.nextInt(4))
            .put("order", random.nextBoolean() ? "start-first" : "stop-first")
            .put("minimumHealthy", random.nextInt(5) / 4.0)
            .put("maximumOver", random.nextInt(5) / 4.0)
            .put("monitorMillis", random.nextInt(3) * 1000)
            .put("delayMillis", random.nextInt(2) * 2000)
            .put("maxFailureRatio", random.nextInt(3) / 2.0)
            .put("onFailure", List.of("pause", "rollback", "continue").get(random.nextInt(3)));
    String onSplit = List.of("available", "majority", "stay").get(random.nextInt(3));
    boolean hasVolumes = random.nextInt(4) == 0;
    return Scene.config(
        json -> {
          if (hasVolumes) {
            json.getJsonObject("pod")
                .put("volumes", new JsonArray().add(new JsonObject().put("name", "data")));
          }
          return json.put("kind", kind.name().toLowerCase(Locale.ROOT))
              .put("update", update)
              .put("onSplit", onSplit)
              .put("labels", new JsonObject().put("draw", Integer.toString(random.nextInt())));
        });
  }

  private static World world(long seed, AppConfig config) {
    Random random = new Random(seed);
    Scene scene =
        new Scene(config, random.nextInt(6), seed)
            .nodes("a:zone=x", "b:zone=x", "c:zone=y", "d:zone=z");
    return new World(scene, seed);
  }

  @Test
  void whateverHappensTheAppComesToBeWhatItIsToBe() {
    for (long seed = 0; seed < WORLDS; seed++) {
      Random random = new Random(seed * 31 + 5);
      AppConfig[] choices = {config(random, Kind.SERVICE), config(random, Kind.SERVICE)};
      World world = world(seed, choices[0]);
      world.trouble = random.nextInt(15);
      for (int i = 0; i < ROUNDS; i++) {
        if (random.nextInt(6) == 0) {
          world.happening(choices);
        }
        check(seed, world);
      }
      world.settle();
      String last = "";
      int quiet = 0;
      for (int i = 0; i < PEACE && quiet < 15; i++) {
        List<String> steps = check(seed, world);
        world.resume();
        boolean isQuiet =
            steps.isEmpty()
                && world.scene.app.rollout().isEmpty()
                && world.scene.plan().waiting().isEmpty();
        quiet = isQuiet ? quiet + 1 : 0;
        last = steps.isEmpty() ? last : steps.toString();
      }
      String state =
          "world "
              + seed
              + ": "
              + world.scene.app
              + world.scene.instances
              + last
              + world.scene.plan()
              + world.scene.outcomes
              + world.scene.situation().config().update()
              + world.scene.situation().config().onSplit();
      assertTrue(quiet >= 15, state);
      assertEquals(world.scene.app.instances(), world.scene.instances.size(), state);
      for (Instance one : world.scene.instances) {
        assertTrue(Census.isUp(one), state);
        assertTrue(
            world.scene.app.isHalfway() || one.revision().equals(world.scene.app.revision()),
            state);
      }
      Set<Integer> slots =
          world.scene.instances.stream().map(one -> one.id().slot()).collect(Collectors.toSet());
      assertEquals(world.scene.instances.size(), slots.size(), state);
    }
  }

  /** One round, and what must not happen in any. */
  private static List<String> check(long seed, World world) {
    Scene scene = world.scene;
    List<Instance> before = List.copyOf(scene.instances);
    Census census = Census.of(scene.situation());
    UpdatePolicy policy = scene.situation().config().update();
    int wanted = Math.max(0, scene.app.instances() - census.held().size());
    boolean isUpdate = !census.outdated().isEmpty();
    Pace pace =
        isUpdate
            ? Pace.of(policy, wanted, census.isInPlace())
            : Pace.moving(policy, wanted, policy.parallelism());
    List<Step> steps = world.round().plan().steps();
    String state = "world " + seed + " " + scene.app + before + Scene.words(steps);

    long up = before.stream().filter(Census::isUp).count();
    long upStopped =
        before.stream().filter(Census::isUp).filter(it -> isStopped(it, steps)).count();
    long least = Math.min(up, pace.least());
    assertTrue(up - upStopped >= least, "too few are left: " + state);

    long runs = steps.stream().filter(Step.Run.class::isInstance).count();
    long live = before.stream().filter(one -> one.phase().isLive()).count();
    long stopping = before.stream().filter(one -> one.phase() == Phase.STOPPING).count();
    boolean isReplacing = isUpdate || !census.displaced().isEmpty();
    long most = isReplacing ? Math.max(pace.most() - stopping, 0) : Math.max(wanted, wanted + 1);
    assertTrue(runs == 0 || live + runs <= Math.max(most, live), "too many: " + state);

    List<String> slots = new ArrayList<>();
    steps.stream()
        .filter(Step.Run.class::isInstance)
        .map(Step.Run.class::cast)
        .forEach(run -> slots.add(run.id().slot() + ""));
    before.forEach(
        one -> assertTrue(!slots.contains(one.id().slot() + ""), "a slot twice: " + state));
    return Scene.words(steps);
  }

  private static boolean isStopped(Instance one, List<Step> steps) {
    return steps.stream()
        .anyMatch(step -> step instanceof Step.Stop stop && stop.id().equals(one.id()));
  }

  @Test
  void theSameSituationAndTheSameChanceGiveTheSamePlan() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      AppConfig config = config(random, Kind.SERVICE);
      World one = world(seed, config);
      World other = world(seed, config);
      one.trouble = 10;
      other.trouble = 10;
      for (int i = 0; i < 40; i++) {
        assertEquals(one.round(), other.round());
      }
    }
  }

  @Test
  void everyWorkOfAJobIsDoneOnce() {
    for (long seed = 0; seed < 50; seed++) {
      World world = world(seed, config(new Random(seed), Kind.JOB));
      world.trouble = 10;
      for (int i = 0; i < 300; i++) {
        world.round();
        if (i > 100) {
          world.trouble = 0;
        }
        for (Instance one : List.copyOf(world.scene.instances)) {
          if (one.phase() == Phase.RUNNING) {
            world.scene.instances.remove(one);
            world.scene.outcomes =
                world.scene.outcomes.finished(one.revision(), one.id(), one.node());
          }
        }
      }
      assertEquals(
          world.scene.app.instances(),
          world.scene.outcomes.done().of(world.scene.app.revision()).size());
      assertEquals(List.of(), world.scene.steps());
    }
  }

  @Test
  void constraintsHoldAllTheWhile() {
    String[] rules = {
      "{'constraints':[{'field':'node','operator':'unique'}]}",
      "{'constraints':[{'field':'zone','operator':'max-per','value':'2'}]}",
      "{'constraints':[{'field':'zone','operator':'cluster'}]}",
      "{'maxPerNode':2}",
      "{'constraints':[{'field':'zone','operator':'group-by'}],'spreadOver':['zone']}"
    };
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      String rule = rules[(int) (seed % rules.length)];
      AppConfig[] choices = {
        placed(config(random, Kind.SERVICE), rule), placed(config(random, Kind.SERVICE), rule)
      };
      World world = world(seed, choices[0]);
      world.trouble = random.nextInt(10);
      for (int i = 0; i < 100; i++) {
        if (random.nextInt(6) == 0) {
          world.change(choices);
        }
        world.round();
        checkConstraints("world " + seed, world);
      }
    }
  }

  private static AppConfig placed(AppConfig config, String rule) {
    JsonObject rules = new JsonObject(rule.replace('\'', '"'));
    return AppConfig.of(config.json().put("onSplit", "available").put("placement", rules));
  }

  /** By the instances that count: live, and of the revision that is asked for. */
  private static void checkConstraints(String what, World world) {
    Situation situation = world.scene.situation();
    PlacementRules rules = situation.config().placement();
    Map<String, Integer> perNode = new HashMap<>();
    situation.instances().stream()
        .filter(one -> one.phase().isLive())
        .filter(one -> one.revision().equals(situation.app().revision()))
        .forEach(one -> perNode.merge(one.node(), 1, Integer::sum));
    String state = what + perNode + rules;
    ConstraintCheck check = new ConstraintCheck(rules.constraints(), situation.ground().loads());
    Map<String, Integer> perZone = check.counts("zone", perNode);
    for (Constraint constraint : rules.constraints()) {
      switch (constraint.operator()) {
        case UNIQUE -> assertTrue(perNode.values().stream().allMatch(it -> it <= 1), state);
        case MAX_PER -> assertTrue(perZone.values().stream().allMatch(it -> it <= 2), state);
        case CLUSTER -> assertTrue(perZone.size() <= 1, state);
        case GROUP_BY, LIKE, UNLIKE, IS, IS_NOT -> {}
      }
    }
    if (rules.maxPerNode() > 0) {
      assertTrue(perNode.values().stream().allMatch(it -> it <= rules.maxPerNode()), state);
    }
  }

  @Test
  void aGlobalAppComesToBeOnceOnEveryNode() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      AppConfig[] choices = {
        global(config(random, Kind.SERVICE)), global(config(random, Kind.SERVICE))
      };
      World world = world(seed, choices[0]);
      world.trouble = random.nextInt(15);
      for (int i = 0; i < ROUNDS; i++) {
        if (random.nextInt(6) == 0) {
          world.happening(choices);
        }
        world.round();
      }
      world.settle();
      int quiet = 0;
      for (int i = 0; i < PEACE && quiet < 15; i++) {
        boolean isQuiet = world.round().plan().equals(Plan.NOTHING);
        world.resume();
        quiet = isQuiet && world.scene.app.rollout().isEmpty() ? quiet + 1 : 0;
      }
      List<String> nodes = world.scene.instances.stream().map(Instance::node).sorted().toList();
      assertEquals(
          List.of("a", "b", "c", "d"),
          nodes,
          "world " + seed + world.scene.app + world.scene.plan() + world.scene.instances);
      assertTrue(
          world.scene.app.isHalfway()
              || world.scene.instances.stream()
                  .allMatch(one -> one.revision().equals(world.scene.app.revision())),
          "world " + seed);
    }
  }

  private static AppConfig global(AppConfig config) {
    return AppConfig.of(config.json().put("global", true));
  }
}

package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Backoff;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.scheduling.NodeLoad;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static Scene three(AppConfig config) {
    Scene scene = new Scene(config, 3).nodes("a", "b", "c");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.running(3, "c", 1);
    return scene;
  }

  private static InstanceFailure failure(Scene scene, Instance of) {
    return new InstanceFailure(
        of.path(),
        of.id(),
        of.revision(),
        of.node(),
        "",
        InstanceFailure.Reason.ENDED,
        "it ended with 1",
        "web",
        1,
        List.of(),
        scene.now.toEpochMilli());
  }

  private static void fail(Scene scene, Instance instance, String rollout) {
    scene.instances.remove(instance);
    scene.outcomes =
        scene.outcomes.failed(
            failure(scene, instance), Backoff.DEFAULT, scene.now.toEpochMilli(), rollout);
  }

  @Test
  void anUnchangedHealthyAppGivesNothing() {
    assertEquals(Plan.NOTHING, three(Scene.config()).plan());
  }

  @Test
  void missingInstancesAreStartedInTheLowestFreeSlotsAndSpread() {
    Scene scene = new Scene(Scene.config(), 3).nodes("a", "b", "c");
    scene.running(2, "b", 1);
    List<String> steps = scene.steps();
    assertEquals(2, steps.size());
    assertTrue(steps.contains("run #1 of 1 on a") || steps.contains("run #1 of 1 on c"));
    assertTrue(steps.contains("run #3 of 1 on a") || steps.contains("run #3 of 1 on c"));
  }

  @Test
  void manyAreStartedOverSeveralLooksSoThatOthersHaveTheirTurn() {
    Scene scene = new Scene(Scene.config(), 1_000).nodes("a", "b", "c");
    Plan first = scene.plan();
    assertEquals(100, first.steps().size());
    assertEquals(Optional.empty(), first.waiting());
    assertEquals(1_000, scene.course().size());
  }

  @Test
  void aScaleUpIsSettledOnceAllAreWell() {
    Scene scene = three(Scene.config()).scale(4);
    assertEquals(1, scene.steps().size());
    scene.add(4, "a", 1, Phase.STARTING, false);
    assertEquals(List.of(), scene.steps());
    scene.instances.removeLast();
    scene.running(4, "a", 1);
    assertEquals(List.of("settle"), scene.steps());
  }

  @Test
  void fewerMeansFirstWhatIsNotLiveThenTheUnhealthyThenTheYoungest() {
    Scene scene = new Scene(Scene.config(), 6).nodes("a", "b", "c");
    scene.running(1, "a", 1);
    scene.add(2, "b", 1, Phase.STAGING, false);
    scene.add(3, "c", 1, Phase.STARTING, false);
    scene.add(4, "a", 1, Phase.RUNNING, false);
    scene.running(5, "b", 1);
    scene.running(6, "c", 1);
    assertEquals(List.of("stop #2 on b"), scene.scale(5).steps());
    assertEquals(List.of("stop #2 on b", "stop #3 on c"), scene.scale(4).steps());
    assertEquals(
        List.of("stop #2 on b", "stop #3 on c", "stop #4 on a", "stop #6 on c"),
        scene.scale(2).steps());
  }

  @Test
  void theOldestGoFirstWhereTheAppSaysSo() {
    AppConfig oldest = Scene.config(json -> json.put("killSelection", "oldest-first"));
    Scene scene = three(oldest).scale(1);
    assertEquals(List.of("stop #1 on a", "stop #2 on b"), scene.steps());
  }

  @Test
  void groupedInstancesGoFromTheBiggestGroupFirst() {
    AppConfig grouped = Scene.placed("{'constraints':[{'field':'zone','operator':'group-by'}]}");
    Scene scene = new Scene(grouped, 4).nodes("a:zone=x", "b:zone=x", "c:zone=y");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.running(3, "a", 1);
    scene.running(4, "c", 1);
    assertEquals(
        List.of("stop #2 on b", "stop #3 on a"), scene.scale(2).steps().stream().sorted().toList());
  }

  @Test
  void startingFirstGoesOneByOneAndNeverBelow() {
    Scene scene =
        three(Scene.config()).update(Scene.updating("{'monitorMillis':0,'delayMillis':1}"));
    List<String> course = scene.course();
    assertEquals(7, course.size());
    assertTrue(course.get(0).startsWith("run #4 of 2"), course.toString());
    assertTrue(course.get(1).startsWith("stop #"), course.toString());
    assertEquals("settle", course.getLast());
  }

  @Test
  void stoppingFirstStopsOneBeforeItStartsOne() {
    String policy = "{'order':'stop-first','minimumHealthy':0.5,'maximumOver':0,'monitorMillis':0}";
    Scene scene = three(Scene.config()).update(Scene.updating(policy));
    assertEquals(List.of("stop #3 on c"), scene.steps());
    scene.instances.set(
        2,
        Scene.instance(scene.instances.get(2).id(), "c", scene.rev(1), Phase.STOPPING, false, 1));
    assertEquals(List.of(), scene.steps());
    scene.instances.remove(2);
    assertTrue(scene.steps().toString().startsWith("[run #3 of 2 on "));
  }

  /** Marathon's rolling rule, with all at once: §4 of its behaviour. */
  @Test
  void marathonsRuleComesOutWithParallelismZero() {
    record Case(String policy, int stops, int starts) {}
    for (Case one :
        List.of(
            new Case("'minimumHealthy':1,'maximumOver':1", 0, 10),
            new Case("'minimumHealthy':1,'maximumOver':0.5", 0, 5),
            new Case("'minimumHealthy':1,'maximumOver':0", 0, 1),
            new Case("'minimumHealthy':0.5,'maximumOver':0", 5, 0),
            new Case("'minimumHealthy':0.5,'maximumOver':0.5", 5, 5),
            new Case("'minimumHealthy':0.75,'maximumOver':1", 2, 10),
            new Case("'minimumHealthy':0,'maximumOver':0", 10, 0))) {
      String policy =
          "{'parallelism':0,'order':'stop-first','monitorMillis':0," + one.policy() + "}";
      Scene scene = new Scene(Scene.config(), 10).nodes("a", "b", "c");
      for (int i = 1; i <= 10; i++) {
        scene.running(i, List.of("a", "b", "c").get(i % 3), 1);
      }
      scene.update(Scene.updating(policy));
      List<String> steps = scene.steps();
      assertEquals(one.stops(), count(steps, "stop"), policy + steps);
      assertEquals(one.starts(), count(steps, "run"), policy + steps);
    }
  }

  private static int count(List<String> steps, String word) {
    return (int) steps.stream().filter(step -> step.startsWith(word)).count();
  }

  @Test
  void unhealthyOldOnesGoFirst() {
    Scene scene = new Scene(Scene.config(), 3).nodes("a", "b", "c");
    scene.running(1, "a", 1);
    scene.add(2, "b", 1, Phase.RUNNING, false);
    scene.running(3, "c", 1);
    String policy = "{'order':'stop-first','minimumHealthy':0.5,'monitorMillis':0}";
    assertEquals(List.of("stop #2 on b"), scene.update(Scene.updating(policy)).steps());
  }

  @Test
  void aNewInstanceCountsOnceItHasBeenWellForTheMonitorTime() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':5000}"));
    scene.instances.add(
        Scene.instance(
            new InstanceId(4, "aaaaaaaa"),
            "a",
            scene.rev(2),
            Phase.RUNNING,
            true,
            scene.now.minusSeconds(4).toEpochMilli()));
    assertEquals(List.of(), scene.steps());
    scene.now = scene.now.plusSeconds(2);
    assertEquals(1, count(scene.steps(), "stop"));
  }

  @Test
  void betweenBatchesTheDelayIsWaited() {
    Scene scene =
        three(Scene.config()).update(Scene.updating("{'monitorMillis':0,'delayMillis':60000}"));
    scene.instances.removeLast();
    scene.instances.add(
        Scene.instance(
            new InstanceId(4, "aaaaaaaa"),
            "c",
            scene.rev(2),
            Phase.RUNNING,
            true,
            scene.now.toEpochMilli()));
    assertEquals(List.of(), scene.steps());
    scene.now = scene.now.plusSeconds(61);
    assertEquals(
        List.of("run #3 of 2 on c"),
        scene.steps().stream().map(s -> s.replaceAll(" on .", " on c")).toList());
  }

  @Test
  void aBadRevisionPausesOrGoesBackOrGoesOn() {
    for (String[] one :
        List.of(
            new String[] {"pause", "[pause: 1 new instances failed: it ended with 1]"},
            new String[] {"rollback", "[back to 1]"},
            new String[] {"continue", "[]"})) {
      Scene scene = three(Scene.config());
      scene.update(Scene.updating("{'monitorMillis':0,'onFailure':'" + one[0] + "'}"));
      Instance bad = scene.add(4, "a", 2, Phase.FAILED, false);
      fail(scene, bad, scene.app.rollout().orElseThrow().id());
      assertEquals(one[1], scene.steps().toString());
    }
  }

  @Test
  void aPartOfTheNewOnesMayFail() {
    Scene scene = three(Scene.config());
    scene.update(Scene.updating("{'monitorMillis':0,'maxFailureRatio':0.34}"));
    String rollout = scene.app.rollout().orElseThrow().id();
    fail(scene, scene.add(4, "a", 2, Phase.FAILED, false), rollout);
    assertEquals(List.of(), scene.steps());
    fail(scene, scene.add(4, "a", 2, Phase.FAILED, false), rollout);
    assertEquals(1, count(scene.steps(), "pause"));
  }

  @Test
  void aRollbackThatFailsIsPaused() {
    Scene scene = three(Scene.updating("{'onFailure':'rollback','monitorMillis':0}"));
    scene.update(Scene.updating("{'onFailure':'rollback','monitorMillis':0,'delayMillis':1}"));
    scene.change(scene.rev(1), 3, Rollout.Kind.ROLLBACK);
    String rollout = scene.app.rollout().orElseThrow().id();
    fail(scene, scene.add(4, "a", 1, Phase.FAILED, false), rollout);
    assertEquals(1, count(scene.steps(), "pause"));
  }

  @Test
  void aRolloutThatIsNotThroughInTimeHasFailed() {
    Scene scene =
        three(Scene.config()).update(Scene.updating("{'deadlineMillis':60000,'monitorMillis':0}"));
    scene.now = scene.now.plusSeconds(61);
    assertEquals(List.of("pause: it was not through within 60 s"), scene.steps());
  }

  @Test
  void inAPausedRolloutNothingIsReplacedAndGapsAreFilledWithWhatWorked() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':0}")).pause();
    assertEquals(List.of(), scene.steps());
    scene.instances.removeLast();
    assertEquals(List.of("run #3 of 1 on c"), scene.steps());
  }

  @Test
  void whereARolloutWasEndedNothingIsReplacedAndGapsAreFilledWithWhatIsAskedFor() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':0}"));
    scene.app = scene.app.stopped();
    assertEquals(List.of(), scene.steps());
    scene.instances.removeLast();
    assertEquals(List.of("run #3 of 2 on c"), scene.steps());
  }

  @Test
  void afterAFailureTheNextOneWaitsLongerEachTime() {
    Scene scene = new Scene(Scene.config(), 1).nodes("a");
    fail(scene, scene.add(1, "a", 1, Phase.FAILED, false), "");
    Waiting waiting = scene.plan().waiting().orElseThrow();
    assertEquals(scene.now.plusSeconds(1), waiting.until());
    scene.now = scene.now.plusSeconds(1);
    assertEquals(List.of("run #1 of 1 on a"), scene.steps());
    fail(scene, scene.add(1, "a", 1, Phase.FAILED, false), "");
    assertEquals(scene.now.plusMillis(1150), scene.plan().waiting().orElseThrow().until());
    // Another configuration does not wait for it.
    scene.update(Scene.updating("{'monitorMillis':0}"));
    assertEquals(List.of("run #1 of 2 on a"), scene.steps());
  }

  @Test
  void whatHasEndedIsClearedAway() {
    Scene scene = three(Scene.config());
    scene.add(4, "b", 1, Phase.FAILED, false);
    assertEquals(List.of("clear #4 on b"), scene.steps());
  }

  @Test
  void anAppThatNothingIsReadyForWaits() {
    Scene scene = new Scene(Scene.config(), 2).nodes("a");
    scene.missing = Optional.of("waits for /shop/db to be healthy");
    assertEquals(List.of(), scene.steps());
    Waiting waiting = scene.plan().waiting().orElseThrow();
    assertEquals(2, waiting.count());
    assertEquals("waits for /shop/db to be healthy", waiting.reason());
  }

  @Test
  void whatFitsNowhereSaysWhyForEachNode() {
    AppConfig big =
        Scene.config(
            json -> {
              json.getJsonObject("pod")
                  .put("resources", new JsonObject().put("nanoCpus", 3_000_000_000L));
              return json.put(
                  "placement",
                  new JsonObject(
                      "{\"constraints\":[{\"field\":\"disk\",\"operator\":\"is\",\"value\":\"ssd\"}]}"));
            });
    Scene scene = new Scene(big, 3).nodes("a:disk=ssd", "b:disk=hdd", "c:disk=ssd", "d");
    scene.refusals.put("c", "it is busy");
    Plan plan = scene.plan();
    assertEquals(List.of("run #1 of 1 on a"), Scene.words(plan.steps()));
    Waiting waiting = plan.waiting().orElseThrow();
    assertEquals(2, waiting.count());
    assertEquals(
        Map.of(
            "a",
            "has 3.00 of 4.20 CPUs reserved, 3.00 are asked for",
            "b",
            "has disk=hdd, not ssd",
            "c",
            "it is busy",
            "d",
            "has no label disk"),
        waiting.nodes());
  }

  @Test
  void lostInstancesAreReplacedAtOnceNeverOrByAMajority() {
    record Case(String onSplit, boolean mayReplace, int runs) {}
    for (Case one :
        List.of(
            new Case("available", false, 1),
            new Case("majority", true, 1),
            new Case("majority", false, 0),
            new Case("stay", true, 0))) {
      Scene scene = three(Scene.config(json -> json.put("onSplit", one.onSplit())));
      scene.mayReplace = one.mayReplace();
      scene.lose("c");
      assertEquals(one.runs(), count(scene.steps(), "run"), one.toString());
    }
  }

  @Test
  void aSideWithoutAMajorityStartsNothingAndStopsNothing() {
    Scene scene = three(Scene.config(json -> json.put("onSplit", "majority")));
    scene.mayReplace = false;
    scene.lose("c").lose("b");
    assertEquals(Plan.NOTHING, scene.plan());
    scene.instances.clear();
    assertEquals(1, scene.plan().waiting().orElseThrow().count());
    assertEquals(List.of(), scene.steps());
  }

  @Test
  void anAppThatStaysComesBackOnTheNodeItsSlotIsAtHomeOn() {
    AppConfig stays = Scene.config(json -> json.put("onSplit", "stay"));
    Scene scene = new Scene(stays, 2).nodes("a", "b", "c");
    scene.outcomes = scene.outcomes.housed(1, "b").housed(2, "c");
    assertEquals(List.of("run #1 of 1 on b", "run #2 of 1 on c"), scene.steps());
    // Also when nobody remembers what ran there.
    scene.nodes.remove("c");
    assertEquals(List.of("run #1 of 1 on b"), scene.steps());
    // But not for a node that nobody counts on any more.
    scene.known.remove("c");
    assertEquals(2, scene.steps().size());
  }

  @Test
  void afterAHealTheNewestThenHealthyThenLongestRunningThenLowestIdStay() {
    Scene scene = new Scene(Scene.config(), 2).nodes("a", "b");
    scene.update(Scene.updating("{'monitorMillis':0}"));
    scene.app = scene.app.settled();
    scene.running(1, "a", 1);
    scene.running(2, "a", 1);
    scene.add(3, "a", 2, Phase.RUNNING, false);
    scene.running(4, "b", 2);
    scene.running(5, "b", 2);
    List<String> steps = scene.steps();
    assertEquals(3, steps.size());
    assertTrue(
        steps.containsAll(List.of("stop #3 on a", "stop #1 on a", "stop #2 on a")),
        steps.toString());
  }

  @Test
  void ofTwoInOneSlotTheOneThatRanLongerStays() {
    Scene scene = new Scene(Scene.config(), 2).nodes("a", "b");
    scene.running(1, "a", 1);
    long later = scene.now.minusSeconds(10).toEpochMilli();
    scene.instances.add(
        Scene.instance(
            new InstanceId(2, "zzzzzzzz"), "a", scene.rev(1), Phase.RUNNING, true, later));
    scene.instances.add(
        Scene.instance(
            new InstanceId(1, "yyyyyyyy"), "b", scene.rev(1), Phase.RUNNING, true, later));
    scene.running(2, "b", 1);
    assertEquals(List.of("stop #1 on b", "stop #2 on a"), scene.steps().stream().sorted().toList());
  }

  @Test
  void aDrainedNodeIsEmptiedStartingFirst() {
    Scene scene = three(Scene.config());
    scene.drained.add("c");
    scene.nodes.put("c", NodeLoad.unavailable("c", "it is drained"));
    List<String> steps = scene.steps();
    assertEquals(1, steps.size());
    assertTrue(steps.getFirst().startsWith("run #4"), steps.toString());
    scene.running(4, "a", 1);
    assertEquals(List.of("stop #3 on c"), scene.steps());
    scene.instances.remove(2);
    assertEquals(Plan.NOTHING, scene.plan());
  }

  @Test
  void whatHasALocalVolumeStaysOnADrainedNode() {
    AppConfig volumes =
        Scene.config(
            json -> {
              json.getJsonObject("pod")
                  .put("volumes", new JsonArray().add(new JsonObject().put("name", "db")));
              return json;
            });
    Scene scene = new Scene(volumes, 1).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.drained.add("a");
    assertEquals(Plan.NOTHING, scene.plan());
  }

  @Test
  void instancesWithVolumesAreReplacedInPlace() {
    AppConfig volumes =
        Scene.config(
            json -> {
              json.getJsonObject("pod")
                  .put("volumes", new JsonArray().add(new JsonObject().put("name", "db")));
              return json;
            });
    Scene scene = new Scene(volumes, 1).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.outcomes = scene.outcomes.housed(1, "a");
    scene.update(AppConfig.of(volumes.json().put("labels", new JsonObject().put("x", "y"))));
    assertEquals(List.of("stop #1 on a", "run #1 of 2 on a", "settle"), scene.course());
  }

  @Test
  void aGlobalAppIsOnEveryNodeThatFitsAndFollowsJoins() {
    AppConfig global =
        Scene.config(
            json ->
                json.put("global", true)
                    .put(
                        "placement",
                        new JsonObject(
                            "{\"constraints\":[{\"field\":\"disk\",\"operator\":\"is\",\"value\":\"ssd\"}]}")));
    Scene scene = new Scene(global, 1).nodes("a:disk=ssd", "b:disk=hdd", "c:disk=ssd");
    assertEquals(
        List.of("a", "c"),
        scene.steps().stream().map(step -> step.substring(step.length() - 1)).sorted().toList());
    scene.running(1, "a", 1);
    scene.running(2, "c", 1);
    assertEquals(Plan.NOTHING, scene.plan());
    scene.nodes("d:disk=ssd");
    assertEquals(List.of("run #3 of 1 on d"), scene.steps());
    scene.nodes.remove("d");
    scene.drained.add("c");
    assertEquals(List.of("stop #2 on c"), scene.steps());
  }

  @Test
  void aGlobalAppIsUpdatedNodeByNode() {
    AppConfig global = Scene.config(json -> json.put("global", true));
    Scene scene = new Scene(global, 1).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.update(AppConfig.of(global.json().put("labels", new JsonObject().put("x", "y"))));
    List<String> course = scene.course();
    assertEquals(5, course.size(), course.toString());
    String first = course.get(0).substring(course.get(0).length() - 1);
    assertTrue(
        course.get(1).startsWith("stop") && course.get(1).endsWith(first), course.toString());
  }

  @Test
  void aJobRunsToItsEndAndIsTriedAgain() {
    AppConfig job = Scene.config(json -> json.put("kind", "job"));
    Scene scene = new Scene(job, 2).nodes("a", "b");
    assertEquals(2, scene.steps().size());
    Instance done = scene.add(1, "a", 1, Phase.FINISHED, false);
    scene.running(2, "b", 1);
    assertEquals(Plan.NOTHING, scene.plan());
    scene.outcomes = scene.outcomes.finished(scene.rev(1), done.id(), "a");
    scene.instances.remove(done);
    assertEquals(Plan.NOTHING, scene.plan());
    fail(scene, scene.instances.getFirst(), "");
    assertEquals(1, scene.plan().waiting().orElseThrow().count());
    scene.now = scene.now.plusSeconds(1);
    assertEquals(1, count(scene.steps(), "run #2"));
  }

  @Test
  void anEvenSpreadIsRestoredWhenANodeJoinsOneByOne() {
    Scene scene = new Scene(Scene.config(), 4).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.running(3, "a", 1);
    scene.running(4, "b", 1);
    assertEquals(Plan.NOTHING, scene.plan());
    scene.nodes("c");
    scene.newcomers.add("c");
    assertEquals(Plan.NOTHING, scene.plan());
    scene.newcomers.clear();
    Planned planned = scene.planned();
    assertEquals(List.of("run #5 of 1 on c"), Scene.words(planned.plan().steps()));
    Map.Entry<InstanceId, InstanceId> move = planned.moves().entrySet().iterator().next();
    scene.moves = new TreeMap<>(planned.moves());
    scene.instances.add(
        Scene.instance(move.getValue(), "c", scene.rev(1), Phase.STARTING, false, 0));
    assertEquals(List.of(), scene.steps());
    scene.instances.removeLast();
    scene.instances.add(
        Scene.instance(
            move.getValue(), "c", scene.rev(1), Phase.RUNNING, true, scene.now.toEpochMilli()));
    assertEquals(
        List.of("stop #" + move.getKey().slot()),
        scene.steps().stream().map(step -> step.replaceAll(" on .", "")).toList());
    scene.instances.removeIf(one -> one.id().equals(move.getKey()));
    scene.moves = Map.of();
    assertEquals(Plan.NOTHING, scene.plan());
  }

  @Test
  void nothingIsMovedWhereThatIsSwitchedOff() {
    Scene scene = new Scene(Scene.config(), 3).nodes("a", "b");
    scene.running(1, "a", 1);
    scene.running(2, "a", 1);
    scene.running(3, "a", 1);
    scene.movesAtOnce = 0;
    assertEquals(Plan.NOTHING, scene.plan());
  }

  @Test
  void whereAnOldOneHoldsThePortItGoesFirstIfThatIsAllowed() {
    AppConfig port =
        Scene.config(
            json -> {
              json.getJsonObject("pod")
                  .put(
                      "ports",
                      new JsonArray()
                          .add(new JsonObject().put("containerPort", 80).put("hostPort", 80)));
              return json.put(
                  "update",
                  new JsonObject("{\"monitorMillis\":0,\"minimumHealthy\":0.5,\"maximumOver\":1}"));
            });
    Scene scene = new Scene(port, 2).nodes("a", "b");
    scene.goOn(Forecast.of(scene.planner(), scene.situation()).end());
    scene.update(AppConfig.of(port.json().put("labels", new JsonObject().put("x", "y"))));
    List<String> course = scene.course();
    assertEquals(5, course.size(), course.toString());
    assertTrue(course.getFirst().startsWith("stop"), course.toString());
    assertEquals("settle", course.getLast());
  }

  @Test
  void anUpdateThatAlsoScalesUpFillsTheNewPlacesWithTheNewRevision() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':0}"), 5);
    assertTrue(
        scene.course().stream()
            .filter(it -> it.startsWith("run"))
            .allMatch(it -> it.contains("of 2")));
  }

  @Test
  void whatDiesDuringAnUpdateIsReplacedWithWhatWorked() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':0}"));
    scene.add(4, "a", 2, Phase.STARTING, false);
    scene.lose("c").lose("b");
    List<String> steps = scene.steps();
    assertEquals(1, steps.size(), steps.toString());
    assertTrue(steps.getFirst().contains("of 1 on a"), steps.toString());
  }

  @Test
  void aSettledHalfwayAppKeepsWhereItGoesBackTo() {
    Scene scene = three(Scene.config()).update(Scene.updating("{'monitorMillis':0}"));
    App halfway = scene.app.stopped();
    assertEquals(scene.rev(1), halfway.settled().stable().orElseThrow());
  }
}

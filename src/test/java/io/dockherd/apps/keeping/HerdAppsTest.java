package io.dockherd.apps.keeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Version;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HerdAppsTest {
  private static final AppPath WEB = new AppPath("/shop/web");

  private final AppsBench bench = new AppsBench();
  private final Apps apps = bench.apps();

  @AfterEach
  void close() {
    bench.close();
  }

  private Change put(String path, AppConfig config, int instances) {
    return apps.put(List.of(AppsBench.wanted(path, config, instances)), bench.options());
  }

  private void putAndSettle(String path, String image, int instances) {
    put(path, AppsBench.config(image), instances);
    bench.settle(path);
  }

  private static AppConfig needing(String... paths) {
    JsonObject dependencies = new JsonObject();
    for (String path : paths) {
      dependencies.put(path, new JsonObject());
    }
    return AppConfig.of(AppsBench.config("a").json().put("dependencies", dependencies));
  }

  @Test
  void aNewAppHasARevisionAVersionAndARollout() {
    Change change = put("/shop/web", AppsBench.config("a"), 3);

    App app = bench.app("/shop/web");
    assertFalse(change.isNothing());
    assertEquals(change.versions().get(WEB), app.version());
    assertEquals(1, app.revision().number());
    assertEquals(3, app.instances());
    assertEquals(change.rolloutId(), app.rollout().orElseThrow().id());
    assertEquals(Rollout.Kind.START, app.rollout().orElseThrow().kind());
    assertEquals(AppsBench.config("a"), apps.find(WEB).orElseThrow().revision().config());
  }

  @Test
  void whatIsSoAlreadyIsLeftAlone() {
    putAndSettle("/shop/web", "a", 3);
    App before = bench.app("/shop/web");

    Change change =
        apps.put(
            List.of(new Wanted(WEB, AppsBench.config("a"), OptionalInt.empty())), bench.options());

    assertTrue(change.isNothing());
    assertEquals(before, bench.app("/shop/web"));
    assertEquals(before.version(), change.versions().get(WEB));
  }

  @Test
  void severalOfOneCallHaveOneRolloutAndThoseThatAreNeededComeFirst() {
    Change change =
        apps.put(
            List.of(
                AppsBench.wanted("/shop/web", needing("/shop/db", "/base"), 1),
                AppsBench.wanted("/shop/db", 1),
                AppsBench.wanted("/base/queue", 1)),
            bench.options());

    assertEquals(
        List.of("/base/queue", "/shop/db", "/shop/web"),
        change.versions().keySet().stream().map(AppPath::value).toList());
    assertEquals(
        Set.of(change.rolloutId()),
        Set.copyOf(apps.changing().stream().map(app -> app.rollout().orElseThrow().id()).toList()));
  }

  @Test
  void versionsHaveStampsOfTheirOwnThatGrowAlsoWhenTheClockStands() {
    putAndSettle("/shop/web", "a", 1);
    for (int i = 2; i < 6; i++) {
      apps.scale(WEB, i, bench.options());
      bench.settle("/shop/web");
    }

    var stamps = bench.app("/shop/web").versions().stream().map(v -> v.stamp()).toList();
    assertEquals(stamps.stream().sorted((a, b) -> b.compareTo(a)).distinct().toList(), stamps);
    assertEquals(bench.now().plusMillis(4), stamps.getFirst());
  }

  @Test
  void scalingTouchesNoRevision() {
    putAndSettle("/shop/web", "a", 1);
    apps.scale(WEB, 4, bench.options());

    App app = bench.app("/shop/web");
    assertEquals(1, app.revision().number());
    assertEquals(4, app.instances());
    assertEquals(Rollout.Kind.SCALE, app.rollout().orElseThrow().kind());
    assertTrue(apps.scale(WEB, 4, bench.options()).isNothing());
  }

  @Test
  void scalingTakesBackNoChangeWhoseRevisionIsStillOnItsWay() {
    putAndSettle("/shop/web", "a", 1);
    putAndSettle("/shop/web", "b", 1);
    RevisionId changed = bench.app("/shop/web").revision();
    bench.records().delete("app-revisions/shop/web@" + changed, AppsBench.LIMIT);
    assertEquals(AppsBench.config("a"), apps.find(WEB).orElseThrow().revision().config());

    apps.put(List.of(Wanted.scaled(WEB, 4)), bench.options());

    assertEquals(changed, bench.app("/shop/web").revision());
    assertEquals(4, bench.app("/shop/web").instances());
  }

  @Test
  void whatIsNotThereCannotStayAsItIs() {
    AppPath none = new AppPath("/shop/none");
    assertThrows(
        NotFound.class,
        () ->
            apps.put(
                List.of(AppsBench.wanted("/shop/new", 1), Wanted.scaled(none, 2)),
                bench.options()));
    assertTrue(apps.under("/").isEmpty());
  }

  @Test
  void moreInstancesThanAHerdCanHoldAreRefusedHoweverTheyAreAskedFor() {
    putAndSettle("/shop/web", "a", 1);
    int tooMany = 10_001;
    Wanted same = new Wanted(WEB, AppsBench.config("a"), OptionalInt.of(tooMany));
    Wanted other = new Wanted(WEB, AppsBench.config("b"), OptionalInt.of(tooMany));
    assertThrows(Invalid.class, () -> apps.scale(WEB, tooMany, bench.options()));
    assertThrows(Invalid.class, () -> apps.scale(WEB, Integer.MAX_VALUE, bench.options()));
    assertThrows(Invalid.class, () -> apps.put(List.of(same), bench.options()));
    assertThrows(Invalid.class, () -> apps.put(List.of(other), bench.options()));
    assertThrows(Invalid.class, () -> put("/shop/new", AppsBench.config("a"), tooMany));
    assertEquals(1, bench.app("/shop/web").instances());
    apps.scale(WEB, 10_000, bench.options());
  }

  @Test
  void restartingIsANewRevisionOfTheSameConfiguration() {
    putAndSettle("/shop/web", "a", 2);
    apps.restart(WEB, bench.options());

    App app = bench.app("/shop/web");
    assertEquals(2, app.revision().number());
    assertEquals(app.stable().orElseThrow().hash(), app.revision().hash());
    assertEquals(AppsBench.config("a"), apps.find(WEB).orElseThrow().revision().config());
  }

  @Test
  void anAppUnderRolloutIsLockedUnlessForced() {
    put("/shop/web", AppsBench.config("a"), 1);

    assertThrows(Conflict.class, () -> put("/shop/web", AppsBench.config("b"), 1));
    assertThrows(Conflict.class, () -> apps.scale(WEB, 2, bench.options()));
    assertThrows(Conflict.class, () -> apps.delete(List.of(WEB), bench.options()));
    apps.scale(WEB, 2, bench.options().forced(true));
    assertEquals(2, bench.app("/shop/web").instances());
  }

  @Test
  void aPausedRolloutLocksNothingAndScalingLeavesItPaused() {
    putAndSettle("/shop/web", "a", 1);
    String rollout = put("/shop/web", AppsBench.config("b"), 1).rolloutId();
    bench.pause("/shop/web", "1 of 1 new instances failed");
    apps.scale(WEB, 3, bench.options());

    Rollout change = bench.app("/shop/web").rollout().orElseThrow();
    assertEquals(rollout, change.id());
    assertFalse(change.isRunning());
    assertEquals(3, change.to().instances());

    apps.resume(WEB, bench.options());
    assertTrue(bench.app("/shop/web").rollout().orElseThrow().isRunning());
    assertThrows(Conflict.class, () -> apps.resume(WEB, bench.options()));
  }

  @Test
  void rollingBackGoesToAnEarlierRevisionWithTheNumberAsItIs() {
    putAndSettle("/shop/web", "a", 1);
    var first = bench.app("/shop/web").revision();
    putAndSettle("/shop/web", "b", 5);
    apps.rollBack(WEB, first, bench.options());

    App app = bench.app("/shop/web");
    assertEquals(first, app.revision());
    assertEquals(5, app.instances());
    assertEquals(Rollout.Kind.ROLLBACK, app.rollout().orElseThrow().kind());
    assertThrows(
        NotFound.class, () -> apps.rollBack(WEB, RevisionId.of("9-00000000"), bench.options()));
  }

  @Test
  void aCancelledRolloutGoesBackAndAForcedOneStaysWhereItIs() {
    putAndSettle("/shop/web", "a", 2);
    String update = put("/shop/web", AppsBench.config("b"), 4).rolloutId();
    apps.cancel(update, false, bench.options());

    App back = bench.app("/shop/web");
    assertEquals(1, back.revision().number());
    assertEquals(2, back.instances());
    assertEquals(Rollout.Kind.ROLLBACK, back.rollout().orElseThrow().kind());
    bench.settle("/shop/web");

    String other = put("/shop/web", AppsBench.config("c"), 4).rolloutId();
    apps.cancel(other, true, bench.options());
    App stopped = bench.app("/shop/web");
    assertEquals(3, stopped.revision().number());
    assertTrue(stopped.rollout().isEmpty());
    assertTrue(stopped.isHalfway());
    assertThrows(NotFound.class, () -> apps.cancel(other, true, bench.options()));
  }

  @Test
  void cancellingTheStartOfAnAppTakesItAway() {
    String start = put("/shop/web", AppsBench.config("a"), 2).rolloutId();
    assertFalse(apps.cancel(start, false, bench.options()).isNothing());
    assertTrue(apps.find(WEB).isEmpty());
  }

  @Test
  void aChangeThatOneAppStandsInTheWayOfChangesNone() {
    putAndSettle("/shop/db", "a", 1);
    apps.scale(new AppPath("/shop/db"), 2, bench.options());

    List<Wanted> both =
        List.of(
            AppsBench.wanted("/shop/web", 1),
            AppsBench.wanted("/shop/db", AppsBench.config("b"), 1));
    assertThrows(Conflict.class, () -> apps.put(both, bench.options()));
    assertTrue(apps.find(WEB).isEmpty());
    assertThrows(
        NotFound.class,
        () -> apps.delete(List.of(new AppPath("/shop/db"), WEB), bench.options().forced(true)));
    assertTrue(apps.find(new AppPath("/shop/db")).isPresent());
  }

  @Test
  void whatIsExpectedHasToBeSo() {
    List<Wanted> web = List.of(AppsBench.wanted("/shop/web", 1));
    assertThrows(
        Conflict.class, () -> apps.put(web, bench.options().expecting(new Expected.Present())));
    apps.put(web, bench.options().expecting(new Expected.Absent()));
    bench.settle("/shop/web");
    assertThrows(
        Conflict.class, () -> apps.put(web, bench.options().expecting(new Expected.Absent())));

    var stamp = bench.app("/shop/web").version().stamp();
    apps.scale(WEB, 2, bench.options().expecting(new Expected.At(stamp)));
    bench.settle("/shop/web");
    assertThrows(
        Conflict.class,
        () -> apps.scale(WEB, 3, bench.options().expecting(new Expected.At(stamp))));
  }

  @Test
  void appsThatNeedEachOtherAreRefused() {
    putAndSettle("/shop/db", "a", 1);
    Invalid circle =
        assertThrows(
            Invalid.class,
            () ->
                apps.put(
                    List.of(
                        AppsBench.wanted("/shop/web", needing("/shop/db"), 1),
                        AppsBench.wanted("/shop/db", needing("/shop"), 1)),
                    bench.options()));
    assertTrue(circle.getMessage().contains("→"), circle.getMessage());
  }

  @Test
  void aPathIsAnAppsOrAGroupsButNotBoth() {
    putAndSettle("/shop/web", "a", 1);
    assertThrows(Invalid.class, () -> put("/shop", AppsBench.config("a"), 1));
    assertThrows(Invalid.class, () -> put("/shop/web/cache", AppsBench.config("a"), 1));
    put("/shop/web2", AppsBench.config("a"), 1);
  }

  @Test
  void onlyTheLastFiftyVersionsAreKept() {
    putAndSettle("/shop/web", "a", 1);
    for (int i = 0; i < 60; i++) {
      apps.scale(WEB, 2 + i % 2, bench.options());
      bench.settle("/shop/web");
    }
    assertEquals(App.KEPT, bench.app("/shop/web").versions().size());
  }

  @Test
  void viewsShowInstancesAndTheGroupTheyAreAskedFor() {
    putAndSettle("/shop/web", "a", 2);
    putAndSettle("/shopping", "a", 1);
    Instance first = bench.run("/shop/web", 1, "host-2");
    Instance second = bench.run("/shop/web", 2, "host-1");
    bench.run("/shopping", 1, "host-1");

    assertEquals(List.of(first, second), apps.find(WEB).orElseThrow().instances());
    assertEquals(1, apps.under("/shop").size());
    assertEquals(2, apps.under("/").size());
    bench.lose("host-2");
    assertEquals(List.of(second), apps.find(WEB).orElseThrow().instances());
    bench.fail(second, "out of cheese");
    assertEquals(
        "out of cheese", apps.find(WEB).orElseThrow().lastFailure().orElseThrow().message());
  }

  @Test
  void killedInstancesAreTheAppsOwnAndScalingMakesItSmaller() {
    putAndSettle("/shop/web", "a", 3);
    Instance first = bench.run("/shop/web", 1, "host-2");
    Instance second = bench.run("/shop/web", 2, "host-2");
    Set<InstanceId> ids = Set.of(first.id(), InstanceId.of("9-zzzzzzzz"));

    assertEquals(List.of(first), apps.kill(WEB, ids, false, bench.options()));
    assertEquals(3, bench.app("/shop/web").instances());
    assertEquals(List.of(second), apps.kill(WEB, Set.of(second.id()), true, bench.options()));
    assertEquals(2, bench.app("/shop/web").instances());
  }

  @Test
  void eventsTellOfChangesRolloutsAndInstances() {
    String start = put("/shop/web", AppsBench.config("a"), 1).rolloutId();
    await(e -> e instanceof AppEvent.Changed changed && changed.before().isEmpty());
    await(e -> e instanceof AppEvent.RolloutBegan began && began.rollout().id().equals(start));
    Instance first = bench.run("/shop/web", 1, "host-2");
    await(e -> e instanceof AppEvent.InstanceMoved moved && moved.now().equals(first));
    await(e -> e instanceof AppEvent.HealthChanged health && health.now().isHealthy());
    bench.settle("/shop/web");
    await(e -> e instanceof AppEvent.RolloutSucceeded done && done.rollout().id().equals(start));

    put("/shop/web", AppsBench.config("b"), 1);
    bench.pause("/shop/web", "it is bad");
    await(e -> e instanceof AppEvent.RolloutFailed bad && bad.reason().equals("it is bad"));
    bench.fail(first, "out of cheese");
    await(e -> e instanceof AppEvent.InstanceFailed);
    bench.remove(first);
    await(e -> e instanceof AppEvent.InstanceGone gone && !gone.isLost());
    apps.delete(List.of(WEB), bench.options());
    await(e -> e instanceof AppEvent.Deleted);
  }

  private void await(Predicate<AppEvent> wanted) {
    Await.until(
        () -> "an event among " + bench.events(),
        Duration.ofSeconds(20),
        () -> bench.events().stream().anyMatch(wanted));
  }

  @Test
  void aPreviewListsAllStepsToTheEndAndWritesNothing() {
    putAndSettle("/shop/web", "a", 1);
    bench.run("/shop/web", 1, "host-1");
    putAndSettle("/shop/old", "a", 1);
    bench.run("/shop/old", 1, "host-2");
    App before = bench.app("/shop/web");

    List<Wanted> wanted =
        List.of(
            AppsBench.wanted("/shop/web", AppsBench.config("b"), 2),
            AppsBench.wanted("/shop/db", 1));
    List<String> steps =
        apps.preview(wanted, List.of(AppPath.of("/shop/old"))).steps().stream()
            .map(Step::words)
            .toList();

    assertEquals(7, steps.size(), steps.toString());
    assertTrue(steps.get(0).startsWith("run /shop/db #1"), steps.toString());
    assertEquals("/shop/db is as it is to be", steps.get(1));
    assertTrue(steps.get(2).startsWith("run /shop/web #2 of revision 2-"), steps.toString());
    assertTrue(steps.contains("/shop/web is as it is to be"), steps.toString());
    assertTrue(steps.getLast().startsWith("stop /shop/old #1"), steps.toString());
    assertEquals(before, bench.app("/shop/web"));
    assertTrue(apps.find(new AppPath("/shop/db")).isEmpty());
    assertEquals(
        Plan.NOTHING,
        apps.preview(List.of(AppsBench.wanted("/shop/web", AppsBench.config("a"), 1)), List.of()));
  }

  @Test
  void aPodTakesThePlaceOfItsServicesAndTheyOfIt() {
    putAndSettle("/shop/web", "a", 1);
    bench.run("/shop/web", 1, "host-1");
    List<Wanted> pod = List.of(AppsBench.wanted("/shop", 1));
    List<AppPath> services = List.of(AppPath.of("/shop/web"), AppPath.of("/shop/nobody"));
    List<String> steps = apps.preview(pod, services).steps().stream().map(Step::words).toList();
    assertTrue(steps.getLast().startsWith("stop /shop/web #1"), steps.toString());

    assertFalse(apps.replace(pod, services, bench.options()).isNothing());
    assertEquals(List.of("/shop"), paths());
    bench.settle("/shop");
    apps.replace(
        List.of(AppsBench.wanted("/shop/web", 1)), List.of(AppPath.of("/shop")), bench.options());
    assertEquals(List.of("/shop/web"), paths());
  }

  @Test
  void whatCantBePutTakesNothingAway() {
    putAndSettle("/shop", "a", 1);
    AppPath pod = AppPath.of("/shop");
    List<Wanted> wanted = List.of(AppsBench.wanted("/shop/web", 1));
    assertThrows(Invalid.class, () -> apps.replace(wanted, List.of(), bench.options()));
    List<Wanted> tooMany = List.of(AppsBench.wanted("/shop/web", 1_000_000));
    assertThrows(Invalid.class, () -> apps.replace(tooMany, List.of(pod), bench.options()));
    assertEquals(List.of("/shop"), paths());

    apps.put(List.of(AppsBench.wanted("/shop", AppsBench.config("b"), 1)), bench.options());
    assertThrows(Conflict.class, () -> apps.replace(wanted, List.of(pod), bench.options()));
    assertEquals(List.of("/shop"), paths());
  }

  private List<String> paths() {
    return apps.under("/").stream().map(view -> view.app().path().value()).toList();
  }

  @Test
  void ofTwoSidesOfASplitOneChangeStaysAndTheOtherIsTold() {
    App winner = App.of(newApp("a").json());
    App loser = newApp("b");
    List<AppEvent> told = new ArrayList<>();
    try (AppEvents events = new AppEvents()) {
      events.listen(told::add);
      events.onConflict(record(winner), record(loser));
      Await.until("it is told", Duration.ofSeconds(20), () -> !told.isEmpty());
    }
    assertEquals(List.of(new AppEvent.Contradicted(WEB, winner, loser)), told);
  }

  private App newApp(String image) {
    putAndSettle("/shop/web", image, 1);
    return bench.app("/shop/web");
  }

  private static Record record(App app) {
    return new Record("apps/shop/web", Version.NONE, app.json());
  }

  @Test
  void ofManyWhoChangeAnAppAtOnceEachGetsAnAnswerAndNoChangeIsLost() throws Exception {
    putAndSettle("/shop/web", "a", 1);
    List<Thread> threads = new ArrayList<>();
    List<Optional<Change>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int count = i + 10;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Optional<Change> change = Optional.empty();
                    try {
                      change = Optional.of(apps.scale(WEB, count, bench.options()));
                    } catch (Conflict e) {
                      assertTrue(e.getMessage().contains("locked"), e.getMessage());
                    }
                    synchronized (changes) {
                      changes.add(change);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(8, changes.size());
    assertEquals(1, changes.stream().filter(Optional::isPresent).count());
    assertEquals(2, bench.app("/shop/web").versions().size());
  }
}

package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineWatchTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration CALL = Duration.ofSeconds(1);
  private static final WatchSettings SETTINGS =
      new WatchSettings(
          Duration.ofMinutes(5),
          Duration.ofMillis(5),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofMillis(500),
          Duration.ofMillis(250),
          Duration.ofMillis(20),
          Duration.ofSeconds(10));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups network = new InMemoryGroups();
  private final ScriptedEngine engine = new ScriptedEngine("one");
  private final ReplicatedFacts facts;
  private EngineWatch watch;

  EngineWatchTest() {
    Group group = network.newPeer();
    InMemoryMembers members =
        new InMemoryMembers(group, new InMemoryMembers.Directory(), Member.Kind.NODE, "host-1");
    facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    group.join();
    watch = new EngineWatch(engine, facts, SETTINGS, InstantSource.system());
  }

  @AfterEach
  void end() {
    engine.goOn();
    watch.close();
    facts.close();
    network.close();
    timer.shutdownNow();
  }

  private List<String> states() {
    return facts.of(FactKind.CONTAINER).stream()
        .map(fact -> KnownContainer.of(fact.value()))
        .map(known -> known.names().getFirst() + " " + known.status().state())
        .sorted()
        .toList();
  }

  private KnownEngine engineFact() {
    return facts
        .find(FactKind.ENGINE, "host-1", FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()))
        .orElseGet(KnownEngine::unknown);
  }

  private void awaitStates(String... expected) {
    Await.until(
        List.of(expected) + ", has " + states(), LIMIT, () -> states().equals(List.of(expected)));
  }

  private void awaitReachable(boolean reachable) {
    Await.until("reachable " + reachable, LIMIT, () -> engineFact().isReachable() == reachable);
  }

  private void act(String id, String action) {
    engine.call(EngineRequest.post(CALL, "containers", id, action));
  }

  @Test
  void tellsWhatIsThereAtTheStart() {
    String id = engine.create("web");
    act(id, "start");
    engine.create("db");
    watch.start();
    awaitStates("db created", "web running");
    awaitReachable(true);
    assertEquals("20.10.24", engineFact().json().getString("serverVersion"));
    assertEquals("a", engineFact().labels().get("zone"));
    Await.until("the image", LIMIT, () -> facts.of(FactKind.IMAGE).size() == 1);
    Await.until("the load", LIMIT, () -> facts.of(FactKind.LOAD).size() == 1);
  }

  @Test
  void followsWhatHappensBehindItsBack() {
    watch.start();
    awaitReachable(true);
    String id = engine.create("web");
    awaitStates("web created");
    act(id, "start");
    awaitStates("web running");
    act(id, "pause");
    awaitStates("web paused");
    act(id, "unpause");
    act(id, "kill");
    awaitStates("web exited");
    engine.call(EngineRequest.post(CALL, "containers", id, "rename").query("name", "old"));
    awaitStates("old exited");
    engine.call(EngineRequest.delete(CALL, "containers", id));
    awaitStates();
    engine.addImage("alpine:3");
    Await.until("the image", LIMIT, () -> facts.of(FactKind.IMAGE).size() == 2);
  }

  @Test
  void aSweepMendsWhatEventsMissed() {
    watch.close();
    watch =
        new EngineWatch(
            engine, facts, SETTINGS.sweepingEvery(Duration.ofMillis(50)), InstantSource.system());
    String kept = engine.create("kept");
    String gone = engine.create("gone");
    watch.start();
    awaitStates("gone created", "kept created");
    engine.loseEvents(
        () -> {
          act(kept, "start");
          engine.call(EngineRequest.delete(CALL, "containers", gone));
          engine.create("new");
        });
    awaitStates("kept running", "new created");
  }

  @Test
  void aSweepThatFindsNothingNewTellsNothing() {
    act(engine.create("web"), "start");
    watch.start();
    awaitReachable(true);
    awaitStates("web running");
    Fact told = facts.of(FactKind.CONTAINER).getFirst();
    watch.refresh(Touched.EVERYTHING);
    assertTrue(facts.of(FactKind.CONTAINER).getFirst() == told, "the same fact, not told again");
  }

  @Test
  void whatWasTouchedIsToldWhenRefreshReturns() {
    watch.start();
    awaitReachable(true);
    engine.loseEvents(
        () -> {
          String id = engine.create("web");
          assertTrue(watch.refresh(Touched.container(id)));
          assertEquals(List.of("web created"), states());
          act(id, "start");
          assertTrue(watch.refresh(Touched.container("web")), "by its name as well");
          assertEquals(List.of("web running"), states());
          engine.call(EngineRequest.delete(CALL, "containers", id).query("force", 1));
          assertTrue(watch.refresh(Touched.container(id)));
          assertEquals(List.of(), states());
        });
  }

  @Test
  void aStoppedEngineIsSaidToBeOutOfReachAndItsFactsStay() {
    engine.create("web");
    watch.start();
    awaitStates("web created");
    awaitReachable(true);
    engine.stop();
    awaitReachable(false);
    assertEquals("the engine was stopped", engineFact().reason());
    assertEquals("20.10.24", engineFact().json().getString("serverVersion"));
    assertEquals(List.of("web created"), states());
    engine.restart();
    awaitReachable(true);
  }

  @Test
  void whatHappenedWhileTheEngineWasAwayIsToldBeforeItIsSaidToBeBack() {
    String web = engine.create("web");
    watch.start();
    awaitStates("web created");
    engine.stop();
    awaitReachable(false);
    engine.loseEvents(() -> engine.create("new"));
    engine.restart();
    awaitReachable(true);
    assertEquals(List.of("new created", "web created"), states());
    assertFalse(web.isEmpty());
  }

  @Test
  void anEngineThatWasNotThereAtTheStartIsSaidToBeOutOfReach() {
    engine.stop();
    watch.start();
    Await.until("told", LIMIT, () -> facts.find(FactKind.ENGINE, "host-1", "").isPresent());
    assertFalse(engineFact().isReachable());
    engine.restart();
    awaitReachable(true);
  }

  @Test
  void aHungEngineHoldsUpARefreshNoLongerThanTheSettleLimitAndIsAskedAgain() {
    String id = engine.create("web");
    watch.start();
    awaitReachable(true);
    engine.hang();
    long before = System.nanoTime();
    assertFalse(watch.refresh(Touched.container(id)));
    assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(LIMIT) < 0);
    engine.goOn();
    act(id, "start");
    awaitStates("web running");
  }

  @Test
  void aStormOfEventsAsksOnlyAFewTimes() {
    watch.start();
    awaitReachable(true);
    // So that all of them come while the first is being looked at, however slow the machine.
    engine.takes(Duration.ofMillis(100));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(engine.create("c" + i));
    }
    Await.until("all are told", LIMIT, () -> facts.of(FactKind.CONTAINER).size() == 40);
    long lists =
        engine.asked().stream().filter(asked -> asked.path().equals("/containers/json")).count();
    assertTrue(lists < 20, lists + " lists for 40 events");
  }

  @Test
  void concurrentRefreshesShareTheirRounds() throws Exception {
    watch.start();
    awaitReachable(true);
    String id = engine.create("web");
    awaitStates("web created");
    engine.takes(Duration.ofMillis(100));
    int before = engine.asked().size();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        callers.submit(() -> watch.refresh(Touched.container(id)));
      }
    }
    int asked = engine.asked().size() - before;
    assertTrue(asked <= 6, asked + " questions for 50 refreshes");
  }
}

package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency.Condition;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Refused;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The way of an instance through its phases, over an engine in memory. */
class PodsTest {
  private final ScriptedEngine engine = new ScriptedEngine(PodsNode.NAME);
  private final MemoryRecords records = new MemoryRecords();
  private PodsNode node = PodsNode.over(engine, records);
  private final InstanceKey key = PodsNode.key("/shop/web", 1);

  @AfterEach
  void end() {
    node.close();
  }

  private Instance runs(AppConfig config) {
    node.run(key, config);
    return node.await(key, Phase.RUNNING);
  }

  private InstanceFailure fails() {
    return node.await(key, Phase.FAILED).failure().orElseThrow();
  }

  @Test
  void anInstanceGoesFromStagingToRunningAndLeavesNothing() {
    Instance running = runs(Specs.service(Specs.sleeper("web"), Specs.sleeper("db")));
    assertEquals(List.of("web", "db"), List.copyOf(running.containers().keySet()));
    assertEquals(List.of("shop-web-1", "shop-db-1"), engine.names());
    Await.until(
        "it is healthy", PodsNode.LIMIT, () -> node.instance(key).orElseThrow().isHealthy());
    assertTrue(node.instance(key).orElseThrow().wellMillis() > 0);
    node.stop(key);
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
    // Listeners are told a moment after the fact.
    List<Phase> all = List.of(Phase.STAGING, Phase.STARTING, Phase.RUNNING, Phase.STOPPING);
    Await.until("all were seen", PodsNode.LIMIT, () -> node.phases().equals(all));
  }

  @Test
  void itsContainersSayWhoseTheyAre() {
    runs(Specs.service(Specs.sleeper("web")));
    JsonObject labels = engine.document("shop-web-1").getJsonObject("Labels");
    assertEquals("test", labels.getString("io.dockherd.herd"));
    assertEquals("/shop/web", labels.getString("io.dockherd.app"));
    assertEquals("1-k2x9qa01", labels.getString("io.dockherd.instance"));
    assertEquals("web", labels.getString("io.dockherd.container"));
    assertEquals("tester", labels.getString("io.dockherd.owner"));
    assertEquals(
        "/shop/web", new JsonObject(labels.getString("io.dockherd.document")).getString("path"));
  }

  @Test
  void theSameOrderTwiceIsOneInstance() {
    AppConfig config = Specs.service(Specs.sleeper("web"));
    runs(config);
    node.run(key, config);
    assertEquals(1, engine.madeSoFar());
    node.stop(key);
    node.stop(key);
    node.awaitGone(key);
    node.run(key, config);
    node.stop(key);
    assertEquals(1, engine.madeSoFar(), "what has gone does not come again by a late order");
  }

  @Test
  void onlyTheStewardIsObeyed() {
    JsonObject order =
        new JsonObject()
            .put("path", "/shop/web")
            .put("id", "1-k2x9qa01")
            .put("revision", PodsNode.revision(key, Specs.service(Specs.sleeper("web"))).json());
    Refused refused =
        assertThrows(Refused.class, () -> node.fleet().obey("host-9", "app-run", order));
    assertTrue(refused.getMessage().contains("host-9 does not look after /shop/web"));
  }

  @Test
  void aNameSomebodyElseHasIsRefused() {
    engine.create("shop-web-1");
    Await.until(
        "it is known", PodsNode.LIMIT, () -> node.fleet().locateKnown("shop-web-1").isPresent());
    Refused refused =
        assertThrows(Refused.class, () -> node.run(key, Specs.service(Specs.sleeper("web"))));
    assertTrue(refused.getMessage().contains("the name shop-web-1 is taken"), refused::toString);
  }

  @Test
  void anInstanceWithoutRoomIsRefused() {
    ContainerSpec large =
        Specs.with(
            Specs.sleeper("web"),
            new JsonObject().put("HostConfig", new JsonObject().put("Memory", 64L << 30)));
    Refused refused = assertThrows(Refused.class, () -> node.run(key, Specs.service(large)));
    assertTrue(refused.getMessage().contains("MiB of memory"), refused::toString);
  }

  @Test
  void anImageNobodyHasFailsAfterAllTries() {
    ContainerSpec lacking =
        Specs.with(Specs.sleeper("web"), new JsonObject().put("Image", "nowhere:1"));
    node.run(key, Specs.service(lacking));
    InstanceFailure failure = fails();
    assertEquals(Reason.NOT_STARTED, failure.reason());
    assertTrue(failure.message().contains("nowhere:1"), failure::message);
    assertEquals(2, engine.asked("POST /images/create").size());
  }

  @Test
  void anImageThatIsThereIsRunThoughItCannotBeRenewed() {
    ContainerSpec web = Specs.sleeper("web");
    ContainerSpec renewing = Specs.pulled(web, "always");
    runs(Specs.service(renewing));
    assertEquals(1, engine.asked("POST /images/create").size());
  }

  @Test
  void whatEndsBadlyFailsThePodWithItsLastLines() {
    runs(Specs.service(Specs.sleeper("web"), Specs.sleeper("db")));
    engine.end("shop-db-1", 3);
    InstanceFailure failure = fails();
    assertEquals(Reason.ENDED, failure.reason());
    assertEquals("db", failure.container());
    assertEquals(3, failure.exitCode());
    assertEquals("container db ended with code 3", failure.message());
    assertEquals(List.of("said by shop-db-1"), failure.lastLines());
    Await.until(
        "the other was stopped",
        PodsNode.LIMIT,
        () -> engine.asked("POST /containers/").stream().anyMatch(line -> line.endsWith("/stop")));
    assertFalse(engine.names().isEmpty(), "what is left can be looked at until it is cleared");
    node.clear(key);
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
  }

  @Test
  void oneThatEndsWellLetsThePodLiveOn() {
    runs(Specs.service(Specs.sleeper("web"), Specs.sleeper("once")));
    engine.end("shop-once-1", 0);
    Await.until("it was seen", PodsNode.LIMIT, () -> engine.asked("GET /containers/").size() > 6);
    assertEquals(Phase.RUNNING, node.instance(key).orElseThrow().phase());
    engine.end("shop-web-1", 0);
    assertEquals(0, fails().exitCode(), "a service that has ended is to be replaced");
  }

  @Test
  void aJobThatEndsWellIsFinished() {
    node.run(key, Specs.job(Specs.sleeper("work")));
    node.await(key, Phase.RUNNING);
    engine.end("shop-work-1", 0);
    node.await(key, Phase.FINISHED);
    node.clear(key);
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
  }

  @Test
  void whatRunsIsNotClearedAway() {
    runs(Specs.service(Specs.sleeper("web")));
    assertThrows(Conflict.class, () -> node.clear(key));
  }

  @Test
  void outOfMemoryIsAFailureWhateverTheCode() {
    runs(Specs.service(Specs.sleeper("web")));
    engine.end("shop-web-1", 0, true);
    assertEquals(Reason.OUT_OF_MEMORY, fails().reason());
  }

  @Test
  void aContainerSomebodyRemovesFailsThePod() {
    Instance running = runs(Specs.service(Specs.sleeper("web")));
    node.fleet()
        .local()
        .call(
            io.dockherd.engine.EngineRequest.delete(
                    PodsNode.LIMIT, "containers", running.containers().get("web"))
                .query("force", 1));
    assertEquals("container web was removed", fails().message());
  }

  @Test
  void threeRestartsInPlaceComeBeforeTheFailure() {
    runs(Specs.service(Specs.restarting(Specs.sleeper("web"), "on-failure", 3)));
    for (int restarts = 1; restarts <= 3; restarts++) {
      int wanted = restarts;
      engine.end("shop-web-1", 1);
      Await.until(
          "restart " + wanted,
          PodsNode.LIMIT,
          () -> node.instance(key).orElseThrow().restarts() == wanted);
      assertEquals(Phase.RUNNING, node.instance(key).orElseThrow().phase());
    }
    engine.end("shop-web-1", 1);
    assertEquals(1, fails().exitCode());
    assertEquals(1, engine.madeSoFar());
  }

  @Test
  void thoseInANetworkAreRestartedAfterItsOwner() {
    ContainerSpec owner = Specs.restarting(Specs.sleeper("base"), "always", 0);
    Instance running = runs(Specs.service(Specs.inNetworkOf(Specs.sleeper("web"), "base"), owner));
    String web = running.containers().get("web");
    String base = running.containers().get("base");
    assertEquals(
        "container:" + base,
        engine.document("shop-web-1").getJsonObject("HostConfig").getString("NetworkMode"));
    engine.end("shop-base-1", 1);
    Await.until(
        "both are restarted",
        PodsNode.LIMIT,
        () -> node.instance(key).orElseThrow().restarts() == 2);
    List<String> calls = engine.asked("POST /containers/");
    assertTrue(
        calls.lastIndexOf("POST /containers/" + web + "/start")
            > calls.lastIndexOf("POST /containers/" + base + "/start"),
        calls::toString);
  }

  @Test
  void onlyThePrimaryCountsWhereThatIsThePolicy() {
    node.run(
        key,
        Specs.podBut(
            Specs.service(Specs.sleeper("web"), Specs.sleeper("aside")), "failure", "primary"));
    node.await(key, Phase.RUNNING);
    engine.end("shop-aside-1", 7);
    engine.end("shop-web-1", 2);
    assertEquals("web", fails().container());
  }

  @Test
  void aContainerWaitsForAnotherToBeHealthy() {
    ContainerSpec web = Specs.after(Specs.sleeper("web"), "db", Condition.HEALTHY);
    JsonObject check = new JsonObject().put("Test", new JsonArray().add("CMD").add("true"));
    ContainerSpec db = Specs.with(Specs.sleeper("db"), new JsonObject().put("Healthcheck", check));
    node.run(key, Specs.service(web, db));
    Await.until("db runs", PodsNode.LIMIT, () -> engine.asked("POST /containers/").size() == 3);
    Instance starting = node.await(key, Phase.STARTING);
    assertFalse(starting.isHealthy());
    engine.feels("shop-db-1", "healthy");
    Instance running = node.await(key, Phase.RUNNING);
    assertEquals(List.of("db", "web"), List.copyOf(running.containers().keySet()));
  }

  @Test
  void aContainerThatIsUnhealthyFailsThePod() {
    runs(Specs.service(Specs.sleeper("web")));
    engine.feels("shop-web-1", "unhealthy");
    assertEquals(Reason.UNHEALTHY, fails().reason());
  }

  @Test
  void aContainerWaitsForAnotherToEndWell() {
    ContainerSpec web = Specs.after(Specs.sleeper("web"), "init", Condition.COMPLETED);
    node.run(key, Specs.service(web, Specs.sleeper("init")));
    Await.until("both are made", PodsNode.LIMIT, () -> engine.names().size() == 2);
    node.await(key, Phase.STARTING);
    Await.until("init runs", PodsNode.LIMIT, () -> engine.asked("POST /containers/").size() == 3);
    engine.end("shop-init-1", 0);
    node.await(key, Phase.RUNNING);
    assertEquals(Phase.RUNNING, node.instance(key).orElseThrow().phase());
  }

  @Test
  void anotherThatEndsBadlyFailsWhoWaitsForIt() {
    ContainerSpec web = Specs.after(Specs.sleeper("web"), "init", Condition.COMPLETED);
    node.run(key, Specs.service(web, Specs.sleeper("init")));
    Await.until("init runs", PodsNode.LIMIT, () -> engine.asked("POST /containers/").size() == 3);
    engine.end("shop-init-1", 4);
    assertEquals("init", fails().container());
  }

  @Test
  void whatAStopComesUponWhileItWaitsIsStopped() {
    ContainerSpec web = Specs.after(Specs.sleeper("web"), "init", Condition.COMPLETED);
    node.run(key, Specs.service(web, Specs.sleeper("init")));
    node.await(key, Phase.STARTING);
    node.stop(key);
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
  }

  @Test
  void whatEndsWithItsEngineIsStartedAgain() {
    runs(Specs.service(Specs.sleeper("web"), Specs.sleeper("db")));
    engine.restartWithContainers();
    Await.until(
        "it runs again",
        PodsNode.LIMIT,
        () ->
            node.instance(key)
                .map(now -> now.restarts() == 1 && now.phase() == Phase.RUNNING)
                .orElse(false));
    assertEquals(2, engine.madeSoFar());
  }

  @Test
  void anotherLifeOfTheNodeTakesOverWhatRuns() {
    Instance before = runs(Specs.service(Specs.sleeper("web"), Specs.sleeper("db")));
    node.close();
    node = PodsNode.over(engine, records);
    Instance after = node.await(key, Phase.RUNNING);
    assertEquals(before.containers(), after.containers());
    assertEquals(2, engine.madeSoFar());
    assertEquals(0, after.restarts());
    node.stop(key);
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
  }

  @Test
  void anotherLifeOfTheNodeBeginsAnewWhatWasCutOff() {
    ContainerSpec web = Specs.after(Specs.sleeper("web"), "init", Condition.COMPLETED);
    node.run(key, Specs.service(web, Specs.sleeper("init")));
    Await.until("both are made", PodsNode.LIMIT, () -> engine.names().size() == 2);
    node.close();
    node = PodsNode.over(engine, records);
    Await.until("both are made anew", PodsNode.LIMIT, () -> engine.madeSoFar() == 4);
    Await.until(
        "init runs",
        PodsNode.LIMIT,
        () -> node.instance(key).map(i -> i.containers().size() == 2).orElse(false));
    assertEquals(2, engine.names().size(), "no duplicates and no orphans");
  }

  @Test
  void containersNobodyKnowsAreRemovedAfterTheGrace() {
    JsonObject labels =
        new JsonObject()
            .put("io.dockherd.herd", "test")
            .put("io.dockherd.app", "/gone/app")
            .put("io.dockherd.revision", "1-00000000")
            .put("io.dockherd.instance", "1-aaaaaaaa");
    make("orphan", labels);
    make("of-another-herd", labels.copy().put("io.dockherd.herd", "other"));
    make("of-nobody", new JsonObject());
    Await.until(
        "the orphan is removed",
        PodsNode.LIMIT,
        () -> engine.names().equals(List.of("of-another-herd", "of-nobody")));
  }

  private void make(String name, JsonObject labels) {
    engine.call(
        io.dockherd.engine.EngineRequest.post(PodsNode.LIMIT, "containers", "create")
            .query("name", name)
            .json(new JsonObject().put("Image", "busybox").put("Labels", labels)));
  }

  @Test
  void anEngineThatDoesNotAnswerKeepsAStopWaitingAndNoMore() {
    runs(Specs.service(Specs.sleeper("web")));
    engine.stop();
    node.stop(key);
    Instance stopping = node.await(key, Phase.STOPPING);
    assertEquals(Map.of("web", stopping.containers().get("web")), stopping.containers());
    engine.restart();
    node.awaitGone(key);
    assertEquals(List.of(), engine.names());
  }
}

package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.rescheduling.Rescheduler;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.records.Electorate;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes are lost and come back; their engines go on meanwhile, as after a cut. */
class RescheduledContainersTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration MOVED = Duration.ofSeconds(30);

  private final MemoryRecords records = new MemoryRecords();
  private final Map<String, Rescheduler> reschedulers = new HashMap<>();
  private FleetHerd herd;

  private void herd(String... names) {
    herd = FleetHerd.of(names);
    for (String name : names) {
      records.put("known-nodes/" + name, new JsonObject().put("goneMillis", 0), LIMIT);
      open(name);
    }
  }

  private void open(String name) {
    FleetHerd.Node node = herd.node(name);
    KnownNodes known = new KnownNodes(node.members(), records, InstantSource.system());
    Rescheduler rescheduler =
        new Rescheduler(node.fleet(), node.members(), node.facts(), records, known);
    reschedulers.put(name, rescheduler);
    rescheduler.start();
  }

  private void lose(String name) {
    reschedulers.remove(name).close();
    herd.kill(name);
  }

  private void back(String name, ScriptedEngine engine) {
    herd.join(name, engine);
    open(name);
  }

  @AfterEach
  void end() {
    reschedulers.values().forEach(Rescheduler::close);
    herd.close();
  }

  /** Makes one with the policy on that node and starts it; its id. */
  private String run(String node, String name) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put(
                "Labels",
                new JsonObject()
                    .put(
                        "com.docker.swarm.reschedule-policies",
                        new JsonArray().add("on-node-failure").encode())
                    .put("com.docker.swarm.id", "5".repeat(64)));
    CreateOrder order = new CreateOrder(name, document, false, LIMIT);
    Creation made = herd.fleet("host-1").createOn(node, order);
    String id = ((Creation.Created) made).id();
    assertEquals(
        204,
        herd.fleet("host-1")
            .host(node)
            .call(EngineRequest.post(LIMIT, "containers", id, "start"))
            .status());
    Await.until(
        "all know what it takes to make it anew, and that it runs",
        LIMIT,
        () ->
            reschedulers.keySet().stream()
                .map(herd::node)
                .allMatch(
                    seer ->
                        seer.facts().find(FactKind.RECREATION, node, id).isPresent()
                            && isRunning(seer.fleet(), node, id)));
    return id;
  }

  private static boolean isRunning(HerdFleet fleet, String node, String id) {
    return fleet.known(node).stream()
        .anyMatch(known -> known.id().equals(id) && known.status().state().equals("running"));
  }

  /** As that node shows them: {@code host-2 running}. */
  private List<String> shown(String seer, String name) {
    List<String> shown = new ArrayList<>();
    for (Host host : herd.fleet(seer).hosts()) {
      for (KnownContainer known : known(seer, host.node())) {
        if (known.names().contains(name)) {
          shown.add(host.node() + " " + known.status().state());
        }
      }
    }
    return shown;
  }

  /** A node that is lost between two looks has nothing. */
  private List<KnownContainer> known(String seer, String node) {
    try {
      return herd.fleet(seer).known(node);
    } catch (NotFound lost) {
      return List.of();
    }
  }

  private boolean isOneRunning(String seer, String name) {
    return isOneRunning(shown(seer, name));
  }

  private static boolean isOneRunning(List<String> shown) {
    return shown.size() == 1 && shown.getFirst().endsWith(" running");
  }

  /** Right after a loss it may still be shown where it was. */
  private boolean isOneRunning(String seer, String name, String lost) {
    List<String> shown = shown(seer, name);
    return isOneRunning(shown) && !shown.getFirst().startsWith(lost + " ");
  }

  private static boolean has(ScriptedEngine engine, String id) {
    EngineResponse answer = engine.call(EngineRequest.get(LIMIT, "containers", id, "json"));
    return answer.status() == 200;
  }

  @Test
  void itRunsElsewhereAndTheOriginalGoesWhenItsNodeIsBack() {
    herd("host-1", "host-2", "host-3");
    String id = run("host-3", "web");
    ScriptedEngine engine = herd.engine("host-3");
    lose("host-3");
    Await.until("it runs elsewhere", MOVED, () -> isOneRunning("host-1", "web", "host-3"));
    back("host-3", engine);
    Await.until(
        "the original is gone, and never two were shown",
        MOVED,
        () -> {
          assertTrue(shown("host-1", "web").size() <= 1, () -> shown("host-1", "web").toString());
          return !has(engine, id);
        });
    Await.until("one is shown", LIMIT, () -> isOneRunning("host-1", "web"));
    Await.until("nothing is left to do", LIMIT, () -> records.under("rescheduling/").isEmpty());
  }

  @Test
  void aMinorityMakesNothingAnew() {
    herd("host-1", "host-2", "host-3", "host-4");
    run("host-4", "web");
    lose("host-3");
    lose("host-4");
    KnownNodes known =
        new KnownNodes(herd.node("host-1").members(), records, InstantSource.system());
    Await.until("host-1 sees half of the known nodes", LIMIT, () -> !known.mayReplace());
    assertEquals(List.of(), records.under("rescheduling/"));
    // Two of three may.
    records.delete("known-nodes/host-3", LIMIT);
    records.delete("known-nodes/host-2", LIMIT);
    Await.until("a majority does", MOVED, () -> isOneRunning("host-1", "web", "host-4"));
  }

  @Test
  void theLastOfTwoDoes() {
    herd("host-1", "host-2");
    run("host-2", "web");
    lose("host-2");
    Await.until("it runs here", MOVED, () -> isOneRunning("host-1", "web", "host-2"));
  }

  @Test
  void aStewardThatDiesInTheMiddleIsFollowedByTheNext() {
    herd("host-1", "host-2", "host-3", "host-4", "host-5");
    String id = run("host-5", "web");
    // No engine starts anything: whoever is steward gets no further than to make it.
    for (String node : List.of("host-1", "host-2", "host-3", "host-4")) {
      herd.engine(node).answer(request -> request.path().endsWith("/start"), 500, "not now");
    }
    lose("host-5");
    Await.until(
        "it is made",
        MOVED,
        () -> shown("host-1", "web").stream().anyMatch(at -> !at.startsWith("host-5 ")));
    String steward =
        Electorate.of(herd.node("host-1").members().nodes())
            .steward("rescheduling/" + id)
            .orElseThrow()
            .name();
    lose(steward);
    List.of("host-1", "host-2", "host-3", "host-4").stream()
        .filter(reschedulers::containsKey)
        .forEach(node -> herd.engine(node).behave());
    String seer = reschedulers.keySet().iterator().next();
    Await.until("it runs, once", MOVED, () -> isOneRunning(seer, "web", "host-5"));
  }
}

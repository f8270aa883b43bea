package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HerdFleetTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(10);
  private final FleetHerd herd = FleetHerd.of("host-1", "host-2", "host-3");
  private final HerdFleet fleet = herd.fleet("host-1");

  @AfterEach
  void end() {
    herd.close();
  }

  private String create(String node, String name) {
    String id = herd.engine(node).create(name);
    Await.until(
        "host-1 knows " + name,
        LIMIT,
        () -> fleet.containers().stream().anyMatch(fact -> fact.id().equals(id)));
    return id;
  }

  /** Facts alone say the same where they know it. */
  private Fleet.Located locate(String reference) {
    fleet
        .locateKnown(reference)
        .ifPresent(known -> assertEquals(fleet.locate(reference, LIMIT).id(), known.id()));
    return fleet.locate(reference, LIMIT);
  }

  @Test
  void findsByFullIdNameNodeAndNameAndPrefix() {
    String web = create("host-2", "web");
    create("host-3", "db");
    for (String reference :
        List.of(web, "web", "/web", "host-2/web", web.substring(0, 8), "host-2/" + web)) {
      Fleet.Located located = locate(reference);
      assertEquals("host-2", located.host().node(), reference);
      assertEquals(web, located.id(), reference);
    }
    assertThrows(NotFound.class, () -> locate("host-1/web"));
    assertThrows(NotFound.class, () -> locate("host-9/web"));
    assertThrows(NotFound.class, () -> locate(""));
  }

  @Test
  void aNameGoesBeforeAnIdPrefix() {
    String first = create("host-2", "web");
    String named = create("host-3", first.substring(0, 3));
    assertEquals(named, locate(first.substring(0, 3)).id());
  }

  @Test
  void aNameOnTwoNodesIsAmbiguousAndAnsweredWithTheCandidates() {
    String two = create("host-2", "web");
    String three = create("host-3", "web");
    Ambiguous failure = assertThrows(Ambiguous.class, () -> locate("web"));
    assertEquals(List.of("host-2/web", "host-3/web"), failure.candidates());
    assertEquals(
        List.of(two, three),
        failure.candidates().stream().map(candidate -> locate(candidate).id()).toList());
  }

  @Test
  void whatFactsDoNotShowYetIsAskedOfTheEngines() {
    String[] id = new String[1];
    herd.engine("host-3").loseEvents(() -> id[0] = herd.engine("host-3").create("quiet"));
    assertEquals("host-3", locate("quiet").host().node());
    assertEquals(id[0], locate(id[0].substring(0, 10)).id());
  }

  @Test
  void aMissSaysWhoCouldNotBeAsked() {
    herd.engine("host-2").stop();
    herd.cutOff("host-3");
    Await.until("host-1 knows", SOON, () -> !FleetHerd.isReachable(herd.node("host-1"), "host-2"));
    NotFound failure = assertThrows(NotFound.class, () -> locate("web"));
    assertTrue(failure.getMessage().contains("host-2 (the engine was stopped)"), failure::toString);
    assertTrue(failure.getMessage().contains("host-3 (node host-3 can't"), failure::toString);
  }

  @Test
  void aMissSaysWhereItWasLast() {
    create("host-3", "web");
    herd.kill("host-3");
    Await.until("host-3 is gone", SOON, () -> fleet.hosts().size() == 2);
    Await.until("it is said", SOON, () -> message(() -> locate("web")).endsWith("which has gone"));
    assertTrue(message(() -> locate("web")).contains("it was on host-3"));
  }

  private static String message(Runnable call) {
    return assertThrows(Failure.class, call::run).getMessage();
  }

  @Test
  void whoeverHasTheAnswerOfAChangingCallSeesItsEffectOnAnyNode() {
    String id = create("host-2", "web");
    Host host = locate(id).host();
    for (int i = 0; i < 5; i++) {
      assertEquals(204, host.call(EngineRequest.post(LIMIT, "containers", id, "start")).status());
      assertEquals("running", state("host-3", id));
      assertEquals(204, host.call(EngineRequest.post(LIMIT, "containers", id, "kill")).status());
      assertEquals("exited", state("host-1", id));
    }
    host.call(EngineRequest.delete(LIMIT, "containers", id));
    assertEquals(List.of(), herd.fleet("host-3").containers());
  }

  private String state(String seer, String id) {
    return herd.fleet(seer).containers().stream()
        .filter(fact -> fact.id().equals(id))
        .map(fact -> fact.summary().getString("State"))
        .findFirst()
        .orElse("");
  }

  @Test
  void anEnginesOwnRefusalIsAnAnswerAlsoFromAnotherNode() {
    EngineResponse response =
        fleet.host("host-2").call(EngineRequest.get(LIMIT, "containers", "nope", "json"));
    assertEquals(404, response.status());
    assertEquals("No such container: nope", response.message());
    assertEquals(List.of("Content-Type"), response.headers().stream().map(h -> h.name()).toList());
  }

  @Test
  void failuresKeepTheirKindAndNameTheNode() {
    herd.engine("host-2").stop();
    EngineRequest request = EngineRequest.get(Duration.ofMillis(300), "containers", "json");
    Unreachable engine = assertThrows(Unreachable.class, () -> fleet.host("host-2").call(request));
    assertTrue(engine.getMessage().startsWith("the engine of host-2 can't be reached"));
    herd.cutOff("host-3");
    Unreachable node = assertThrows(Unreachable.class, () -> fleet.host("host-3").call(request));
    assertTrue(node.getMessage().startsWith("node host-3 can't be reached"));
    herd.engine("host-1").hang();
    TimedOut hung = assertThrows(TimedOut.class, () -> fleet.local().call(request));
    assertTrue(hung.getMessage().startsWith("the engine of host-1 did not answer in time"));
    herd.engine("host-2").restart();
    herd.engine("host-2").hang();
    TimedOut far = assertThrows(TimedOut.class, () -> fleet.host("host-2").call(request));
    assertTrue(far.getMessage().startsWith("the engine of host-2 did not answer in time"));
  }

  @Test
  void listsWhatTheEngineWouldList() {
    create("host-2", "one");
    create("host-2", "two");
    create("host-3", "three");
    JsonArray engines =
        fleet
            .host("host-2")
            .call(EngineRequest.get(LIMIT, "containers", "json").query("all", 1))
            .body()
            .toJsonArray();
    assertEquals(engines, fleet.containersJson("host-2").toJsonArray());
    assertEquals(new JsonArray(), fleet.containersJson("host-1").toJsonArray());
    assertThrows(NotFound.class, () -> fleet.containersJson("host-9"));
    herd.engine("host-3").stop();
    Await.until("host-1 knows", SOON, () -> !FleetHerd.isReachable(herd.node("host-1"), "host-3"));
    assertThrows(Unreachable.class, () -> fleet.containersJson("host-3"));
  }

  @Test
  void tellsOfEventsOfItsEngineAndOfNodes() {
    List<JsonObject> events = new CopyOnWriteArrayList<>();
    fleet.listen(events::add);
    String id = herd.engine("host-1").create("web");
    herd.engine("host-2").create("far");
    Await.until("an event", SOON, () -> !events.isEmpty());
    JsonObject event = events.getFirst();
    assertEquals("container", event.getString("type"));
    assertEquals("create", event.getString("action"));
    assertEquals("host-1", event.getString("node"));
    assertEquals(id, event.getString("id"));
    assertEquals("web", event.getString("name"));
    assertEquals("busybox", event.getString("image"));
    herd.engine("host-1").stop();
    herd.engine("host-1").restart();
    Await.until("the engine is back", SOON, () -> events.size() >= 3);
    herd.kill("host-3");
    Await.until("the node left", SOON, () -> events.size() >= 4);
    assertEquals(
        List.of("container create", "engine lost", "engine back", "node left"),
        events.stream().map(e -> e.getString("type") + " " + e.getString("action")).toList());
    assertEquals("host-3", events.getLast().getString("node"));
  }
}

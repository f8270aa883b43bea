package io.dockherd.fleet.rescheduling;

import static io.dockherd.doors.actions.ScriptedFleet.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.docker.images.TestFacts;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.NetworkBook;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.Recreation;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The networks of a container that is made anew. */
class StandInTest {
  private static final JsonObject SUBNET =
      new JsonObject("{\"Config\":[{\"Subnet\":\"172.18.0.0/16\"}]}");

  private final ScriptedFleet fleet = new ScriptedFleet("host-2");
  private final TestFacts facts = new TestFacts("host-2");

  private static JsonObject entry(String id, String name, JsonObject made) {
    return made.copy().put("Id", id).put("Name", name).put("Scope", "local").put("IPAM", SUBNET);
  }

  /** As an engine lists what it made of that request. */
  private static JsonObject ofTheHerd() {
    return entry("aa1", "app", HerdNetwork.first("app", new JsonObject().put("Driver", "bridge")));
  }

  private void bringUp(JsonObject network) {
    fleet.networks = Optional.of(new NetworkBook(facts));
    fleet.script =
        (node, request) ->
            request.path().equals("/containers/new/json")
                ? json(200, "{\"State\":{\"Running\":false}}")
                : json(request.method().equals("GET") ? 404 : 200, "{}");
    Recreation recreation = new Recreation("web", new JsonObject(), Map.of());
    Displaced displaced =
        new Displaced("host-1", "old", "old", true, recreation, List.of(network), "", "");
    new StandIn(fleet).bringUp(displaced, "host-2", "new");
  }

  private List<ScriptedFleet.Asked> made() {
    return fleet.asked.stream()
        .filter(asked -> asked.request().path().equals("/networks/create"))
        .toList();
  }

  @Test
  void oneOfTheHerdIsMadeAsItAlwaysIs() {
    facts.add("host-2", FactKind.NETWORK, "aa1", ofTheHerd());
    bringUp(ofTheHerd());
    assertEquals(List.of("host-2 app"), fleet.networked);
    assertEquals(List.of(), made());
  }

  @Test
  void oneOfTheHerdThatWasNowhereElseChoosesItsSubnetAnew() {
    bringUp(ofTheHerd());
    JsonObject asked = made().getFirst().body();
    assertEquals("app", asked.getString("Name"));
    assertEquals("bridge", asked.getString("Driver"));
    assertEquals("itself", asked.getJsonObject("Labels").getString(HerdNetwork.LABEL));
    assertFalse(asked.containsKey("IPAM"));
  }

  @Test
  void anotherIsMadeAsItWas() {
    bringUp(entry("bb1", "own", new JsonObject().put("Driver", "bridge")));
    assertEquals(SUBNET, made().getFirst().body().getJsonObject("IPAM"));
  }
}

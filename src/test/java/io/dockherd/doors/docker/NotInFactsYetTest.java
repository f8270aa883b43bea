package io.dockherd.doors.docker;

import static io.dockherd.doors.actions.ScriptedFleet.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.docker.ScriptedDoor.Said;
import io.dockherd.doors.docker.containers.ContainerLookup;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.doors.docker.containers.Prune;
import io.dockherd.doors.docker.images.TestFacts;
import io.dockherd.doors.docker.networks.Attachment;
import io.dockherd.doors.docker.networks.NetworkLookup;
import io.dockherd.doors.docker.networks.ReadNetworks;
import io.dockherd.doors.docker.volumes.ReadVolumes;
import io.dockherd.doors.docker.volumes.RemoveVolumes;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.networks.NetworkBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was made this very moment is found though no fact tells of it: the engines are asked. */
class NotInFactsYetTest {
  private static final String ID = "4f1".repeat(20) + "abcd";

  private final ScriptedFleet fleet = new ScriptedFleet("host-1", "host-10", "host-2");
  private final TestFacts facts = new TestFacts("host-1", "host-10");
  private final HerdEngines engines =
      new HerdEngines(new FixedMembers("host-1", "host-10", "host-2"), facts);
  private final ScriptedDoor door = new ScriptedDoor(routes());

  private List<Route> routes() {
    fleet.networks = Optional.of(new NetworkBook(facts));
    NetworkLookup networks = new NetworkLookup(fleet, engines);
    ContainerLookup containers = new ContainerLookup(fleet);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ReadVolumes(fleet, engines, NameForm.PLAIN).routes());
    routes.addAll(new RemoveVolumes(fleet, engines).routes());
    routes.addAll(new ReadNetworks(fleet, networks, NameForm.PLAIN).routes());
    routes.addAll(new Attachment(fleet, networks, containers).routes());
    routes.addAll(new Prune(fleet).routes());
    return routes;
  }

  @AfterEach
  void close() {
    door.close();
  }

  private static EngineResponse missing() {
    return json(404, "{\"message\":\"not there\"}");
  }

  private List<String> lines() {
    return fleet.asked.stream().map(ScriptedFleet.Asked::line).sorted().toList();
  }

  @Test
  void aVolume() throws Exception {
    fleet.script =
        (node, request) ->
            node.equals("host-10")
                ? json(200, "{\"Name\":\"data\",\"Driver\":\"local\",\"Scope\":\"local\"}")
                : missing();
    Said said = door.send("GET", "/volumes/data");
    assertEquals(200, said.status());
    assertTrue(said.text().contains("\"Status\":{\"Node\":\"host-10\"}"), said.text());
    // The engine of host-2 is out of reach: nobody waits for it.
    assertEquals(List.of("host-1 GET /volumes/data", "host-10 GET /volumes/data"), lines());
    fleet.asked.clear();
    assertEquals(200, door.send("DELETE", "/volumes/host-10/data").status());
    assertEquals(List.of("host-10 DELETE /volumes/data", "host-10 GET /volumes/data"), lines());
  }

  @Test
  void aVolumeThatNobodyHasIsNotThere() throws Exception {
    fleet.script = (node, request) -> missing();
    assertEquals(404, door.send("GET", "/volumes/data").status());
    assertEquals(404, door.send("DELETE", "/volumes/data").status());
    assertEquals(204, door.send("DELETE", "/volumes/data?force=1").status());
  }

  @Test
  void aVolumeThatTwoHaveIsAmbiguous() throws Exception {
    fleet.script = (node, request) -> json(200, "{\"Name\":\"data\",\"Scope\":\"local\"}");
    Said said = door.send("DELETE", "/volumes/data");
    assertEquals(409, said.status());
    assertTrue(said.text().contains("host-1/data"), said.text());
    assertTrue(said.text().contains("host-10/data"), said.text());
  }

  @Test
  void aNetwork() throws Exception {
    fleet.script =
        (node, request) ->
            switch (request.method()) {
              case "POST" -> json(200, "");
              default ->
                  node.equals("host-1")
                      ? json(200, "{\"Id\":\"" + ID + "\",\"Name\":\"app\",\"Scope\":\"local\"}")
                      : missing();
            };
    Said said = door.send("GET", "/networks/app");
    assertEquals(200, said.status(), said.text());
    assertTrue(said.text().contains(ID), said.text());
    assertEquals(404, door.send("GET", "/networks/host-10/app").status());
    fleet.with("host-1", "c".repeat(64), "web");
    byte[] body = "{\"Container\":\"web\"}".getBytes(StandardCharsets.UTF_8);
    fleet.asked.clear();
    assertEquals(200, door.send("POST", "/networks/app/connect", Optional.of(body)).status());
    assertEquals("host-1 POST /networks/" + ID + "/connect", fleet.asked.getLast().line());
  }

  @Test
  void aNetworkThatNobodyHasIsNotThere() throws Exception {
    fleet.script = (node, request) -> missing();
    Said said = door.send("GET", "/networks/app");
    assertEquals(new Said(404, "{\"message\":\"network app not found\"}"), said);
  }

  @Test
  void whatIsPrunedOnOneNodeIsNotPrunedOnThoseCalledAlike() throws Exception {
    fleet.script = (node, request) -> json(200, "{\"ContainersDeleted\":null}");
    door.send("POST", "/containers/prune?filters=%7B%22node%22%3A%5B%22host-1%22%5D%7D");
    assertEquals(List.of("host-1"), fleet.asked.stream().map(ScriptedFleet.Asked::node).toList());
  }
}

package io.dockherd.doors.docker.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.MemoryFacts;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a list makes of the containers of a node. */
class SightsTest {
  private static final String ID = "a".repeat(64);

  private final Group group = new InMemoryGroups().newPeer();
  private final InMemoryMembers members =
      new InMemoryMembers(group, new InMemoryMembers.Directory(), Member.Kind.NODE, "host-1");
  private final MemoryFacts facts = new MemoryFacts("host-1");
  private final ScriptedFleet fleet = new ScriptedFleet("host-1").with("host-1", ID, "web");
  private final HerdEngines engines = new HerdEngines(members, facts);

  @BeforeEach
  void join() {
    group.join();
    fleet.containers.getFirst().summary().put("Names", new JsonArray().add("/web"));
    tellEngine(true);
  }

  @AfterEach
  void leave() {
    members.close();
  }

  private void tellEngine(boolean isReachable) {
    facts.tell(
        FactKind.ENGINE,
        FactKind.ONLY,
        new JsonObject().put("reachable", isReachable).put("serverVersion", "20.10").toBuffer());
  }

  @Test
  void anEntryTellsOfItsNode() {
    Sight sight = new Sights(fleet, engines, NameForm.PLAIN).all().getFirst();
    assertEquals(new JsonArray().add("/web").add("/host-1/web"), sight.entry().getValue("Names"));
    assertEquals("host-1", sight.labels().getString("io.dockherd.node"));
    assertTrue(sight.isUp());
    Sight swarms = new Sights(fleet, engines, NameForm.SWARM).all().getFirst();
    assertEquals(new JsonArray().add("/host-1/web"), swarms.entry().getValue("Names"));
  }

  @Test
  void whatAnEngineThatIsAwayHadIsDown() {
    Sights sights = new Sights(fleet, engines, NameForm.PLAIN);
    assertEquals(1, sights.all().size());
    tellEngine(false);
    Sight down = sights.all().getFirst();
    assertFalse(down.isUp());
    assertEquals("Host Down", down.shown().summary(Instant.now()).getString("Status"));
    tellEngine(true);
    assertTrue(sights.all().getFirst().isUp());
  }

  @Test
  void whatChangedIsShownAtOnce() {
    Sights sights = new Sights(fleet, engines, NameForm.PLAIN);
    assertEquals(1, sights.all().size());
    fleet.with("host-1", "b".repeat(64), "db");
    assertEquals(2, sights.all().size());
    fleet.containers.clear();
    assertEquals(List.of(), sights.all());
  }
}

package io.dockherd.system;

import static io.dockherd.system.FollowedEvents.happened;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docker events} at one node tells what happens on all. */
@OnLab
class EventsOfTheHerdLabTest {
  @Test
  void containersOfAllHostsAreToldOfInOrder(LabHerd herd) {
    try (FollowedEvents events = FollowedEvents.at(herd, 1)) {
      for (int host : List.of(3, 1, 2)) {
        Ask.docker(herd.host(host), "run", "--name", "on-" + host, "busybox", "true");
      }
      for (int host = 1; host <= 3; host++) {
        JsonObject died = events.await("the end of on-" + host, happened("die", "on-" + host));
        assertEquals("host-" + host, FollowedEvents.node(died));
      }
      List<String> starts =
          events.all(event -> event.getString("Action").equals("start")).stream()
              .map(FollowedEvents::name)
              .toList();
      assertEquals(List.of("on-3", "on-1", "on-2"), starts);
      JsonObject start = events.all(happened("start", "on-3")).getFirst();
      assertEquals("busybox node:host-3", start.getString("from"));
      assertEquals(
          herd.host(3).address(),
          start.getJsonObject("Actor").getJsonObject("Attributes").getString("node.ip"));
    }
  }

  @Test
  void onlyWhatIsAskedForIsTold(LabHerd herd) {
    Ask.docker(herd.host(2), "create", "--name", "old", "--label", "tier=back", "busybox");
    String now = Instant.now().toString();
    try (FollowedEvents ofOne = FollowedEvents.at(herd, 1, probed("container=web"));
        FollowedEvents ofLabel =
            FollowedEvents.start(herd, 2, "--since", now, "--filter", "label=tier=front");
        FollowedEvents ofNode =
            FollowedEvents.start(
                herd, 3, "--since", now, "--filter", "node=host-2", "--filter", "type=container")) {
      Ask.docker(herd.host(3), "create", "--name", "web", "--label", "tier=front", "busybox");
      Ask.docker(herd.host(2), "start", "old");
      Ask.docker(herd.host(2), "run", "--name", "end", "--label", "tier=front", "busybox", "true");
      ofOne.await("web is made", happened("create", "web"));
      ofLabel.await("end has died", happened("die", "end"));
      ofNode.await("end has died", happened("die", "end"));
      assertEquals(List.of(), ofOne.all(event -> FollowedEvents.name(event).equals("end")));
      assertEquals(List.of(), ofLabel.all(event -> FollowedEvents.name(event).equals("old")));
      assertTrue(
          ofNode.all().stream().allMatch(event -> FollowedEvents.node(event).equals("host-2")));
      assertTrue(
          ofNode.all().stream().allMatch(event -> event.getString("Type").equals("container")));
      assertTrue(ofNode.has(happened("start", "old")));
    }
    String[] unknown = {"events", "--until", "1s", "--filter", "colour=red"};
    Ask.docker(herd.host(1), unknown);
    assertTrue(herd.docker(1, unknown).succeeded(), "it filters nothing, as with an engine");
  }

  /** A filter that lets the fixture's own probes through too. */
  private static String[] probed(String filter) {
    return new String[] {"--filter", filter, "--filter", "container=probe-"};
  }

  @Test
  void thePastIsToldInOrderAndEnds(LabHerd herd) {
    Instant before = Instant.now();
    for (int host : List.of(2, 3, 1)) {
      Ask.docker(herd.host(host), "create", "--name", "made-" + host, "busybox");
    }
    Instant after = Instant.now();
    Ask.docker(herd.host(1), "create", "--name", "later", "busybox");
    try (FollowedEvents past =
        FollowedEvents.start(
            herd,
            2,
            "--since",
            before.toString(),
            "--until",
            after.toString(),
            "--filter",
            "event=create",
            "--filter",
            "type=container")) {
      past.awaitEnd();
      assertEquals(
          List.of("made-2", "made-3", "made-1"),
          past.all().stream().map(FollowedEvents::name).toList());
    }
    try (FollowedEvents onwards =
        FollowedEvents.start(
            herd,
            3,
            "--since",
            before.toString(),
            "--filter",
            "event=create",
            "--filter",
            "type=container")) {
      onwards.await("what was", happened("create", "later"));
      Ask.docker(herd.host(2), "create", "--name", "now", "busybox");
      onwards.await("what comes", happened("create", "now"));
      assertEquals(
          List.of("made-2", "made-3", "made-1", "later", "now"),
          onwards.all().stream().map(FollowedEvents::name).toList());
    }
    try (FollowedEvents soon = FollowedEvents.start(herd, 1, "--until", "2s")) {
      soon.awaitEnd();
    }
  }
}

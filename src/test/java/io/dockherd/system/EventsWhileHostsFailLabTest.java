package io.dockherd.system;

import static io.dockherd.system.FollowedEvents.happened;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docker events} goes on when nodes and engines do not. */
@OnLab
class EventsWhileHostsFailLabTest {
  @Test
  void aNodeThatDiesIsSaidToAndFollowedAgainWhenItIsBack(LabHerd herd) {
    try (FollowedEvents events = FollowedEvents.at(herd, 1)) {
      herd.host(3).killNode();
      events.await("host 3 is lost", happened("lost", "host-3"));
      events.await("its engine is gone", happened("engine_disconnect", "host-3"));
      Ask.docker(herd.host(2), "create", "--name", "elsewhere", "busybox");
      events.await("others are still told of", happened("create", "elsewhere"));
      herd.host(3).startNodeAgain();
      events.await("host 3 is back", happened("join", "host-3"));
      events.await("its engine is met", happened("engine_connect", "host-3"));
      Ask.docker(herd.host(3), "create", "--name", "seen", "busybox");
      events.await("it is told of again", happened("create", "seen"));
      assertEquals(1, events.all(happened("create", "elsewhere")).size());
    }
  }

  @Test
  void anEngineThatRestartsLosesNothingAndTellsNothingTwice(LabHerd herd) {
    LabHost host = herd.host(2);
    try (FollowedEvents events = FollowedEvents.at(herd, 1)) {
      Ask.docker(host, "create", "--name", "before", "busybox");
      events.await("what was before", happened("create", "before"));
      host.killEngine();
      events.await("the engine is gone", happened("engine_disconnect", "host-2"));
      host.startEngine();
      Ask.docker(host, "create", "--name", "at-once", "busybox");
      events.await("the engine is back", happened("engine_reconnect", "host-2"));
      events.await("what was at once", happened("create", "at-once"));
      Ask.docker(host, "create", "--name", "after", "busybox");
      events.await("what was after", happened("create", "after"));
      assertEquals(
          List.of("before", "at-once", "after"),
          events
              .all(event -> event.getString("Action").equals("create") && isContainer(event))
              .stream()
              .map(FollowedEvents::name)
              .toList());
    }
  }

  @Test
  void whatAnEngineDidWhileItsNodeWasAwayIsToldOfThePast(LabHerd herd) {
    String before = Instant.now().toString();
    LabHost host = herd.host(3);
    host.killNode();
    Ask.docker(host, "create", "--name", "meanwhile", "busybox");
    host.startNodeAgain();
    host.awaitNode(Duration.ofSeconds(30));
    herd.awaitMembers(3);
    herd.awaitEngines();
    try (FollowedEvents events =
        FollowedEvents.start(
            herd, 1, "--since", before, "--filter", "event=create", "--filter", "type=container")) {
      events.await("what happened meanwhile", happened("create", "meanwhile"));
      Ask.docker(host, "create", "--name", "now", "busybox");
      events.await("what comes", happened("create", "now"));
      assertEquals(
          List.of("meanwhile", "now"), events.all().stream().map(FollowedEvents::name).toList());
      assertEquals("host-3", FollowedEvents.node(events.all().getFirst()));
    }
  }

  private static boolean isContainer(io.vertx.core.json.JsonObject event) {
    return event.getString("Type").equals("container");
  }
}

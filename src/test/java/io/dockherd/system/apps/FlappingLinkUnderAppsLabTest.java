package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The cable of host 3 comes and goes: for moments, and for long enough to be missed. */
@OnLab
class FlappingLinkUnderAppsLabTest {
  private static final String ALL = "/flap/all";
  private static final String STABLE = "/flap/stable";

  /** How long it is out and in again, one round after the other; zero: until all have noticed. */
  private static final List<Duration> ROUNDS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ZERO,
          Duration.ofMillis(400),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofSeconds(3));

  @Test
  void whatRanAllTheWhileRunsOnAndNothingElseIsLeft(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, LabApps.sleeper(ALL, 6));
      apps.put(2, notOnHost3(LabApps.sleeper(STABLE, 4)));
      apps.awaitSettled(1, ALL);
      apps.awaitSettled(1, STABLE);
      Set<String> here = apps.running(ALL, 1, 2);
      Set<String> there = apps.running(ALL, 3);
      Set<String> stable = apps.running(STABLE, 1, 2);
      assertEquals(List.of(4, 2, 4), List.of(here.size(), there.size(), stable.size()));
      for (Duration round : ROUNDS) {
        herd.host(3).linkDown();
        pause(herd, round, 2);
        assertTrue(apps.running(ALL, 1, 2).containsAll(here), "what is here is left alone");
        assertTrue(apps.running(ALL, 3).containsAll(there), "what is there is left alone");
        assertTrue(apps.on(ALL, 1, 2).size() <= 6, "never more on a side than there are to be");
        assertTrue(apps.on(ALL, 3).size() <= 6, "never more on a side than there are to be");
        herd.host(3).linkUp();
        pause(herd, round, 3);
      }
      herd.awaitMembers(3);
      apps.awaitExactly(ALL, 6, 1, 2, 3);
      for (int host = 1; host <= 3; host++) {
        apps.awaitSettled(host, ALL);
      }
      assertEquals(here, apps.running(ALL, 1, 2), "no instance is lost");
      assertEquals(there, apps.running(ALL, 3), "no instance is lost");
      // The cable may come back in the very moment in which it is missed, by some: then hosts 1 and
      // 2 have parted too, for as long as it takes to meet again, and stood in for each other.
      apps.awaitExactly(STABLE, 4, 1, 2, 3);
      assertEquals(stable, apps.running(STABLE, 1, 2, 3), "nobody has touched it");
      assertEquals(Map.of(ALL, 6, STABLE, 4), apps.census(1, 2, 3));
    } finally {
      // What it has lost others so often for counts against it for minutes.
      herd.host(3).stopNode();
    }
  }

  private static JsonObject notOnHost3(JsonObject app) {
    JsonArray not = new JsonArray().add("hostname").add("UNLIKE").add("host-3");
    return app.put("constraints", new JsonArray().add(not));
  }

  private static void pause(LabHerd herd, Duration round, int members) {
    long began = System.nanoTime();
    Await.until(
        "host 1 sees " + members + " nodes",
        LabApps.LIMIT,
        () ->
            round.isZero()
                ? herd.nodesSeenBy(1).size() == members
                : System.nanoTime() - began > round.toNanos());
  }
}

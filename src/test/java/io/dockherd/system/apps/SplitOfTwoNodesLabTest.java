package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A herd of two is parted: neither side is the bigger one, and two nodes are to be enough. */
@OnLab
class SplitOfTwoNodesLabTest {
  private static final String AVAILABLE = "/pair/available";
  private static final String MAJORITY = "/pair/majority";
  private static final String STAY = "/pair/stay";
  private static final String DISPUTED = "/pair/disputed";

  private static final JsonObject WEB = LabApps.onSplit("available", LabApps.sleeper(AVAILABLE, 2));
  private static final JsonObject DB = LabApps.onSplit("majority", LabApps.sleeper(MAJORITY, 2));
  private static final JsonObject DISK = LabApps.onSplit("stay", LabApps.sleeper(STAY, 2));

  @Test
  void eachServesAloneAndThenThereIsOneHerdAgain(LabHerd herd) {
    herd.host(3).stopNode();
    herd.awaitMembers(2);
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, WEB);
      apps.put(2, DB);
      apps.put(1, DISK);
      apps.put(2, LabApps.sleeper(DISPUTED, 1));
      apps.awaitSettled(1, AVAILABLE);
      apps.awaitSettled(1, MAJORITY);
      apps.awaitSettled(2, STAY);
      apps.awaitSettled(1, DISPUTED);
      try (Sides sides = new Sides(herd, apps, new int[] {1}, new int[] {2})) {
        Set<String> stay = apps.running(STAY, 1, 2);
        herd.isolate(2);
        for (int host = 1; host <= 2; host++) {
          apps.awaitExactly(AVAILABLE, 2, host);
          apps.awaitExactly(MAJORITY, 2, host);
        }
        assertEquals(stay, apps.running(STAY, 1, 2));
        sides.change(WEB);
        sides.change(DB);
        sides.change(DISK);
        sides.deleteAndChange(LabApps.sleeper(DISPUTED, 1));
        apps.put(1, LabApps.sleeper("/pair/of-one", 1));
        apps.put(2, LabApps.sleeper("/pair/of-the-other", 1));
        for (int host = 1; host <= 2; host++) {
          apps.awaitSettled(host, AVAILABLE);
          apps.awaitSettled(host, MAJORITY);
          apps.awaitQuiet(host, STAY);
          apps.awaitExactly(AVAILABLE, 2, host);
          apps.awaitExactly(MAJORITY, 2, host);
          apps.awaitExactly(STAY, 1, host);
        }
        apps.awaitExactly(DISPUTED, 0, 1);
        apps.awaitSettled(2, DISPUTED);
        herd.lab().healAll();
        herd.awaitMembers(2);
        String lost = sides.awaitOne(AVAILABLE, 2);
        sides.awaitOne(MAJORITY, 2);
        sides.awaitOne(STAY, 2);
        Map<String, Integer> all =
            new HashMap<>(
                Map.of(
                    AVAILABLE,
                    2,
                    MAJORITY,
                    2,
                    STAY,
                    2,
                    "/pair/of-one",
                    1,
                    "/pair/of-the-other",
                    1));
        if (sides.awaitOneOfDeletedAndChanged(DISPUTED, 1) > 0) {
          all.put(DISPUTED, 1);
        }
        apps.awaitCensus(all, 1, 2);
        whatLostCanBeGoneBackTo(apps, lost);
      }
    }
  }

  private static void whatLostCanBeGoneBackTo(LabApps apps, String lost) {
    String to = new JsonObject().put("to", lost).encode();
    assertEquals(202, apps.send(1, "POST", "/v1/apps" + AVAILABLE + "/rollback", to).statusCode());
    apps.awaitSettled(2, AVAILABLE);
    apps.awaitOfOneRevision(AVAILABLE, 2, 1, 2);
    assertEquals(Set.of(lost), apps.revisions(AVAILABLE));
  }
}

package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Host 3 is cut off from the two others: each side does what its apps say, and both change them.
 */
@OnLab
class SplitTwoToOneLabTest {
  private static final String AVAILABLE = "/parted/available";
  private static final String MAJORITY = "/parted/majority";
  private static final String STAY = "/parted/stay";
  private static final String BOTH = "/parted/both";
  private static final String SAME = "/parted/same";

  private static final JsonObject WEB = LabApps.onSplit("available", LabApps.sleeper(AVAILABLE, 3));
  private static final JsonObject DB = LabApps.onSplit("majority", LabApps.sleeper(MAJORITY, 3));
  private static final JsonObject DISK = LabApps.onSplit("stay", LabApps.sleeper(STAY, 3));

  @Test
  void eachSideDoesWhatItsAppsSayAndThenThereIsOneHerdAgain(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, WEB);
      apps.put(2, DB);
      apps.put(3, DISK);
      apps.put(1, LabApps.sleeper("/parted/scaled", 1));
      apps.put(2, LabApps.sleeper("/parted/deleted", 2));
      apps.put(3, LabApps.sleeper(SAME, 3));
      for (String path : new String[] {AVAILABLE, MAJORITY, STAY, SAME}) {
        apps.awaitSettled(1, path);
        for (int host = 1; host <= 3; host++) {
          assertEquals(1, apps.on(path, host).size(), path + " is on every host");
        }
      }
      apps.awaitSettled(2, "/parted/scaled");
      apps.awaitSettled(3, "/parted/deleted");
      try (Sides sides = new Sides(herd, apps, new int[] {1, 2}, new int[] {3})) {
        Set<String> small = apps.running(MAJORITY, 3);
        Set<String> stay = apps.running(STAY, 1, 2, 3);
        Set<String> same = apps.running(SAME, 1, 2, 3);
        herd.isolate(3);
        eachSideKeepsWhatItIsToKeep(apps, small, stay);
        eachSideChangesWhatItLikes(apps, sides, small);
        herd.lab().healAll();
        herd.awaitMembers(3);
        sides.awaitOne(AVAILABLE, 3);
        sides.awaitOne(MAJORITY, 3);
        sides.awaitOne(STAY, 3);
        sides.awaitOne(BOTH, 2);
        apps.awaitExactly(SAME, 3, 1, 2, 3);
        assertEquals(same, apps.running(SAME, 1, 2, 3), "those that ran all the while stay");
        whatOneSideDidIsDone(apps);
      }
    }
  }

  private static void eachSideKeepsWhatItIsToKeep(
      LabApps apps, Set<String> small, Set<String> stay) {
    apps.awaitExactly(AVAILABLE, 3, 1, 2);
    apps.awaitExactly(AVAILABLE, 3, 3);
    apps.awaitExactly(MAJORITY, 3, 1, 2);
    apps.awaitExactly(SAME, 3, 1, 2);
    apps.awaitExactly(SAME, 3, 3);
    // What was to be healed has been: what has not is not going to be.
    assertEquals(small, apps.running(MAJORITY, 3));
    assertEquals(1, apps.on(MAJORITY, 3).size());
    assertEquals(stay, apps.running(STAY, 1, 2, 3));
    assertEquals(3, apps.on(STAY, 1, 2, 3).size());
  }

  private static void eachSideChangesWhatItLikes(LabApps apps, Sides sides, Set<String> small) {
    sides.change(WEB);
    sides.change(DB);
    sides.change(DISK);
    sides.change(LabApps.sleeper(BOTH, 2));
    apps.put(1, LabApps.sleeper("/parted/new-there", 1));
    apps.put(3, LabApps.sleeper("/parted/new-here", 1));
    apps.scale(3, "/parted/scaled", 3);
    apps.delete(1, "/parted/deleted");
    for (int host : new int[] {1, 3}) {
      apps.awaitSettled(host, AVAILABLE);
      apps.awaitSettled(host, BOTH);
      apps.awaitQuiet(host, STAY);
    }
    apps.awaitExactly(AVAILABLE, 3, 1, 2);
    apps.awaitExactly(AVAILABLE, 3, 3);
    apps.awaitSettled(2, MAJORITY);
    apps.awaitExactly(STAY, 2, 1, 2);
    apps.awaitExactly(STAY, 1, 3);
    assertEquals(2, apps.revisions(STAY).size(), "each side has its own");
    assertEquals(2, apps.revisions(BOTH).size(), "each side has its own");
    apps.awaitSettled(2, "/parted/new-there");
    apps.awaitExactly("/parted/deleted", 0, 1, 2);
    apps.awaitExactly("/parted/scaled", 3, 3);
    Await.until(
        () -> "the smaller side says why it waits: " + apps.view(3, MAJORITY).encode(),
        LabApps.LIMIT,
        () -> apps.view(3, MAJORITY).encode().contains("the app asks for a majority"));
    assertEquals(small, apps.running(MAJORITY, 3), "what it runs it keeps");
  }

  private static void whatOneSideDidIsDone(LabApps apps) {
    apps.awaitExactly("/parted/scaled", 3, 1, 2, 3);
    apps.awaitExactly("/parted/new-there", 1, 1, 2, 3);
    apps.awaitExactly("/parted/new-here", 1, 1, 2, 3);
    apps.awaitExactly("/parted/deleted", 0, 1, 2, 3);
    Map<String, Integer> all =
        Map.of(
            AVAILABLE,
            3,
            MAJORITY,
            3,
            STAY,
            3,
            BOTH,
            2,
            SAME,
            3,
            "/parted/scaled",
            3,
            "/parted/new-there",
            1,
            "/parted/new-here",
            1);
    apps.awaitCensus(all, 1, 2, 3);
    for (int host = 1; host <= 3; host++) {
      assertEquals(404, apps.send(host, "GET", "/v2/apps/parted/deleted", "").statusCode());
    }
  }
}

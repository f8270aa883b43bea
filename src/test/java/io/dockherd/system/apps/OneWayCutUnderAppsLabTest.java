package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Host 1 does not hear host 3, which hears it; host 2 hears both. One of the two is left out, and
 * that is a split like any other: apps do what they say, and then nothing more.
 */
@OnLab
class OneWayCutUnderAppsLabTest {
  private static final String AVAILABLE = "/half/available";
  private static final String MAJORITY = "/half/majority";
  private static final String STAY = "/half/stay";

  private static final JsonObject WEB = LabApps.onSplit("available", LabApps.sleeper(AVAILABLE, 3));

  /** Longer than it takes a herd that merges and parts over such a link to do so. */
  private static final Duration STEADY = Duration.ofSeconds(8);

  @Test
  void oneEndIsLeftOutAndNothingGoesToAndFro(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.put(1, WEB);
      apps.put(2, LabApps.onSplit("majority", LabApps.sleeper(MAJORITY, 3)));
      apps.put(3, LabApps.onSplit("stay", LabApps.sleeper(STAY, 3)));
      apps.awaitSettled(1, AVAILABLE);
      apps.awaitSettled(1, MAJORITY);
      apps.awaitSettled(1, STAY);
      Set<String> stay = apps.running(STAY, 1, 2, 3);
      Set<String> first = apps.running(MAJORITY, 1);
      Set<String> third = apps.running(MAJORITY, 3);
      herd.lab().cutOneWay(3, 1);
      Await.until(
          () -> "one end is alone: " + herd.nodesSeenBy(1) + herd.nodesSeenBy(3),
          LabApps.LIMIT,
          () -> isLeftOut(herd, 1, 3) || isLeftOut(herd, 3, 1));
      int out = isLeftOut(herd, 1, 3) ? 1 : 3;
      int in = 4 - out;
      apps.awaitExactly(AVAILABLE, 3, out);
      apps.awaitExactly(AVAILABLE, 3, in, 2);
      apps.awaitExactly(MAJORITY, 3, in, 2);
      assertEquals(out == 1 ? first : third, apps.running(MAJORITY, out));
      assertEquals(stay, apps.running(STAY, 1, 2, 3));
      apps.awaitSettled(out, AVAILABLE);
      apps.awaitSettled(in, AVAILABLE);
      apps.awaitSettled(in, MAJORITY);
      nothingIsDone(herd);
      try (Sides sides = new Sides(herd, apps, new int[] {in, 2}, new int[] {out})) {
        sides.change(WEB);
        apps.awaitSettled(2, AVAILABLE);
        apps.awaitSettled(out, AVAILABLE);
        herd.lab().healAll();
        herd.awaitMembers(3);
        sides.awaitOne(AVAILABLE, 3);
        apps.awaitExactly(MAJORITY, 3, 1, 2, 3);
        assertEquals(stay, apps.running(STAY, 1, 2, 3));
        apps.awaitCensus(Map.of(AVAILABLE, 3, MAJORITY, 3, STAY, 3), 1, 2, 3);
      }
    }
  }

  private static boolean isLeftOut(LabHerd herd, int out, int in) {
    List<String> others = List.of("host-" + Math.min(in, 2), "host-" + Math.max(in, 2));
    return herd.nodesSeenBy(out).equals(List.of("host-" + out))
        && herd.nodesSeenBy(in).equals(others)
        && herd.nodesSeenBy(2).equals(others);
  }

  private static void nothingIsDone(LabHerd herd) {
    try (FollowedApps one = FollowedApps.at(herd, 1);
        FollowedApps third = FollowedApps.at(herd, 3)) {
      long began = System.nanoTime();
      Await.until(
          "some seconds have passed",
          STEADY.plusSeconds(5),
          () -> System.nanoTime() - began > STEADY.toNanos());
      assertEquals(List.of(), one.words());
      assertEquals(List.of(), third.words());
    }
  }
}

package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hosts die, come back and are drained, updates are bad; apps stay what they are to be. */
@OnLab
class AppsStayUpLabTest {
  private static final String WEB = "/shop/web";

  @Test
  void whatAKilledHostRanRunsElsewhereAndTheSurplusGoesWhenItIsBack(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.run(1, LabApps.sleeper(WEB, 6));
      for (int host = 1; host <= 3; host++) {
        assertEquals(2, apps.on(WEB, host).size());
      }
      herd.host(3).kill();
      long killed = System.nanoTime();
      apps.awaitExactly(WEB, 6, 1, 2);
      Duration taken = Duration.ofNanos(System.nanoTime() - killed);
      assertTrue(taken.compareTo(Duration.ofSeconds(60)) < 0, taken.toString());
      herd.host(3).boot();
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      apps.awaitExactly(WEB, 6, 1, 2, 3);
      apps.awaitSettled(1, WEB);
      deleted(apps);
    }
  }

  @Test
  void aBadUpdateIsTakenBackWithoutAnOutage(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject good = LabApps.sleeper(WEB, 3);
      good.put(
          "labels",
          new JsonObject()
              .put("io.dockherd.update.on-failure", "rollback")
              .put("io.dockherd.update.monitor", "2s"));
      apps.run(1, good);
      Set<String> before = apps.running(WEB, 1, 2, 3);
      String revision = apps.view(1, WEB).getString("revision");
      apps.put(2, good.copy().put("cmd", "echo out of cheese; exit 3"));
      Await.until(
          () -> "it is back: " + apps.view(1, WEB).encode(),
          LabApps.LIMIT,
          () -> {
            JsonObject view = apps.view(1, WEB);
            return view.getString("revision").equals(revision)
                && view.containsKey("lastFailure")
                && !view.containsKey("rollout");
          });
      apps.awaitExactly(WEB, 3, 1, 2, 3);
      assertEquals(before, apps.running(WEB, 1, 2, 3), "the good ones are left alone");
      JsonObject failure = apps.view(1, WEB).getJsonObject("lastFailure");
      assertEquals(3, failure.getInteger("exitCode"), failure.encode());
      assertTrue(failure.getJsonArray("lastLines").contains("out of cheese"), failure.encode());
      deleted(apps);
    }
  }

  @Test
  void aDrainedNodeIsEmptiedAndAnInstanceThatIsKilledComesAgain(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.run(1, LabApps.sleeper(WEB, 3));
      herd.post(1, new JsonObject().put("action", "drain-node").put("node", "host-2"));
      apps.awaitExactly(WEB, 0, 2);
      apps.awaitExactly(WEB, 3, 1, 3);
      Set<String> left = new HashSet<>(apps.running(WEB, 1, 3));
      String container = left.iterator().next();
      left.remove(container);
      herd.docker(3, "rm", "--force", container);
      Await.until(
          () -> "another is there: " + apps.on(WEB, 1, 2, 3),
          LabApps.LIMIT,
          () -> {
            Set<String> now = apps.running(WEB, 1, 3);
            return now.size() == 3 && now.containsAll(left) && !now.contains(container);
          });
      herd.post(1, new JsonObject().put("action", "ready-node").put("node", "host-2"));
      deleted(apps);
    }
  }

  private static void deleted(LabApps apps) {
    apps.delete(2, WEB);
    apps.awaitExactly(WEB, 0, 1, 2, 3);
  }
}

package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hosts were off, one or all: apps are what they were, with and without disks. */
@OnLab
class AppsAfterAPowerCutLabTest {
  private static final String WEB = "/shop/web";
  private static final String DB = "/shop/db";

  private static JsonObject withVolume(JsonObject app) {
    JsonObject volume =
        new JsonObject()
            .put("containerPath", "/data")
            .put("mode", "RW")
            .put(
                "external",
                new JsonObject()
                    .put("name", "data")
                    .put("provider", "dvdi")
                    .put("options", new JsonObject().put("dvdi/driver", "local")));
    app.getJsonObject("container").put("volumes", new JsonArray().add(volume));
    return app;
  }

  @Test
  void whatWasThereComesBackWhereItWasAndTheFirstNodeUpDoesNotStartItAll(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject app = LabApps.sleeper(WEB, 3);
      apps.run(1, app);
      apps.run(2, LabApps.changed(app, "2"));
      apps.run(3, withVolume(LabApps.sleeper(DB, 1)));
      apps.awaitExactly(WEB, 3, 1, 2, 3);
      JsonObject before = apps.app(1, WEB);
      Set<String> web = apps.running(WEB, 1, 2, 3);
      Set<String> db = apps.running(DB, 1, 2, 3);
      int there = apps.on(WEB, 1).size();
      herd.lab().hosts().forEach(LabHost::kill);
      herd.lab().onAll(LabHost::boot);
      herd.host(1).startNodeAgain();
      herd.host(1).awaitNode(Duration.ofSeconds(60));
      apps.awaitExactly(WEB, there, 1);
      herd.host(2).startNodeAgain();
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      apps.awaitSettled(3, WEB);
      apps.awaitSettled(2, DB);
      apps.awaitExactly(WEB, 3, 1, 2, 3);
      apps.awaitExactly(DB, 1, 1, 2, 3);
      assertEquals(web, apps.running(WEB, 1, 2, 3), "each where it was");
      assertEquals(db, apps.running(DB, 1, 2, 3), "each where it was");
      assertEquals(before.getString("version"), apps.app(2, WEB).getString("version"));
      assertEquals(before.getJsonObject("env"), apps.app(3, WEB).getJsonObject("env"));
    }
  }

  @Test
  void whatStaysWithItsNodeIsStartedNowhereElse(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.run(1, withVolume(LabApps.sleeper(DB, 1)));
      int home = apps.everywhere(DB).getFirst().host();
      int[] others = {home % 3 + 1, (home + 1) % 3 + 1};
      apps.run(others[0], LabApps.sleeper(WEB, 3));
      Set<String> before = apps.running(DB, home);
      herd.host(home).kill();
      // Once the other app has been healed, this one could have been, too.
      apps.awaitExactly(WEB, 3, others);
      apps.awaitExactly(DB, 0, others);
      herd.host(home).boot();
      herd.host(home).startNodeAgain();
      herd.awaitMembers(3);
      apps.awaitSettled(others[0], DB);
      apps.awaitExactly(DB, 1, 1, 2, 3);
      assertEquals(before, apps.running(DB, home));
    }
  }

  @Test
  void withoutDisksAppsAreReadBackFromTheLabelsOfTheirContainers(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      herd.lab().hosts().forEach(LabHost::stopNode);
      herd.lab().hosts().forEach(host -> host.startNode("--data-dir", "none"));
      herd.awaitMembers(3);
      JsonObject web = LabApps.sleeper(WEB, 3);
      apps.run(1, web);
      Set<String> before = apps.running(WEB, 1, 2, 3);
      herd.lab().hosts().forEach(LabHost::killNode);
      herd.lab().hosts().forEach(host -> host.startNode("--data-dir", "none"));
      herd.awaitMembers(3);
      apps.awaitKnown(2, WEB);
      apps.awaitSettled(2, WEB);
      assertEquals(before, apps.running(WEB, 1, 2, 3));
      String version = apps.app(2, WEB).getString("version");
      apps.put(3, web);
      assertEquals(version, apps.app(2, WEB).getString("version"), "it is read back as it was");
      apps.delete(1, WEB);
      apps.awaitExactly(WEB, 0, 1, 2, 3);
    } finally {
      herd.lab().hosts().forEach(LabHost::stopNode);
    }
  }
}

package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All hosts were off: apps are what they were, with and without disks. */
@OnLab
class AppsAfterAPowerCutLabTest {
  private static final String WEB = "/shop/web";
  private static final String DB = "/shop/db";

  private static Set<String> ids(JsonObject view) {
    return AppCaller.present(view).stream()
        .map(one -> one.getString("node") + " " + one.getString("id"))
        .collect(Collectors.toSet());
  }

  private static JsonObject withVolume(JsonObject app) {
    JsonObject pod = app.getJsonObject("config").getJsonObject("pod");
    pod.put("volumes", new JsonArray().add(new JsonObject().put("name", "data")));
    pod.getJsonArray("containers")
        .getJsonObject(0)
        .getJsonObject("document")
        .put("HostConfig", new JsonObject().put("Binds", new JsonArray().add("data:/data")));
    return app;
  }

  @Test
  void whatWasThereComesBackWhereItWasAndTheFirstNodeUpDoesNotStartItAll(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(WEB, 3));
      apps.put(2, withVolume(AppCaller.sleeper(DB, 1)));
      Set<String> web = ids(apps.awaitSettled(1, WEB, 3));
      Set<String> db = ids(apps.awaitSettled(1, DB, 1));
      herd.lab().hosts().forEach(LabHost::kill);
      herd.lab().onAll(LabHost::boot);
      herd.host(1).startNodeAgain();
      herd.host(1).awaitNode(Duration.ofSeconds(60));
      apps.await("host 1 runs its own", 1, WEB, view -> AppCaller.nodes(view).size() == 1);
      herd.host(2).startNodeAgain();
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      assertEquals(web, ids(apps.awaitSettled(3, WEB, 3)));
      assertEquals(db, ids(apps.awaitSettled(2, DB, 1)));
      apps.delete(1, WEB);
      apps.delete(1, DB);
    }
  }

  @Test
  void whatStaysWithItsNodeIsStartedNowhereElse(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, withVolume(AppCaller.sleeper(DB, 1)));
      JsonObject view = apps.awaitSettled(1, DB, 1);
      Set<String> before = ids(view);
      int home = AppCaller.nodes(view).getFirst().charAt(5) - '0';
      int other = home == 1 ? 2 : 1;
      apps.put(other, AppCaller.sleeper(WEB, 3));
      apps.awaitSettled(other, WEB, 3);
      herd.host(home).kill();
      // Once the other app has been healed, this one could have been, too.
      apps.await(
          "the other is healed",
          other,
          WEB,
          it -> AppCaller.nodes(it).size() == 3 && !AppCaller.nodes(it).contains("host-" + home));
      assertTrue(AppCaller.present(apps.view(other, DB)).isEmpty());
      herd.host(home).boot();
      herd.host(home).startNodeAgain();
      herd.awaitMembers(3);
      assertEquals(before, ids(apps.awaitSettled(other, DB, 1)));
      apps.delete(other, DB);
      apps.delete(other, WEB);
    }
  }

  @Test
  void withoutDisksAppsAreReadBackFromTheLabelsOfTheirContainers(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      herd.lab().hosts().forEach(LabHost::stopNode);
      herd.lab().hosts().forEach(host -> host.startNode("--data-dir", "none"));
      herd.awaitMembers(3);
      JsonObject web = AppCaller.sleeper(WEB, 3);
      apps.put(1, web);
      Set<String> before = ids(apps.awaitSettled(1, WEB, 3));
      herd.lab().hosts().forEach(LabHost::killNode);
      herd.lab().hosts().forEach(host -> host.startNode("--data-dir", "none"));
      herd.awaitMembers(3);
      JsonObject after = apps.awaitSettled(2, WEB, 3);
      assertEquals(before, ids(after));
      assertTrue(
          apps.put(3, web).getBoolean("nothing"), "it is read back as something else: " + after);
      apps.delete(1, WEB);
      apps.await("it is gone", 1, WEB, JsonObject::isEmpty);
    } finally {
      herd.lab().hosts().forEach(LabHost::stopNode);
    }
  }
}

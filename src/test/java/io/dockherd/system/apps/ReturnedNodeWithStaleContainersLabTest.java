package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A node comes back with what apps were before it went. */
@OnLab
class ReturnedNodeWithStaleContainersLabTest {
  @Test
  void whatItBringsIsRemovedAndWhatIsOfNoAppIsLeftAlone(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject web = LabApps.sleeper("/shop/web", 6);
      apps.run(1, web);
      apps.run(1, LabApps.sleeper("/shop/gone", 3));
      String foreign =
          herd.docker(3, "run", "-d", "-e", "constraint:node==host-3", "busybox", "sleep", "100000")
              .output();
      herd.host(3).linkDown();
      apps.awaitExactly("/shop/web", 6, 1, 2);
      apps.put(1, LabApps.changed(web, "2").put("instances", 3));
      apps.awaitSettled(1, "/shop/web");
      assertEquals(200, apps.send(2, "DELETE", "/v2/apps/shop/gone", "").statusCode());
      apps.awaitExactly("/shop/gone", 0, 1, 2);
      herd.host(3).linkUp();
      herd.awaitMembers(3);
      apps.awaitExactly("/shop/web", 3, 1, 2, 3);
      apps.awaitExactly("/shop/gone", 0, 1, 2, 3);
      assertEquals(1, apps.revisions("/shop/web").size());
      assertEquals(
          1,
          herd.containersOn(3).stream()
              .filter(one -> foreign.strip().equals(one.getString("Id")))
              .count());
    }
  }
}

package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A whole host dies while an app is on its way from one revision to the next. */
@OnLab
class NodeKilledInARolloutLabTest {
  @Test
  void theRolloutGoesOnOnTheHostsThatAreLeft(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject app = LabApps.sleeper("/shop/web", 6);
      apps.run(1, app);
      String before = apps.revisions("/shop/web").iterator().next();
      apps.put(2, LabApps.changed(app, "2"));
      Await.until(
          "the first of the new revision runs",
          LabApps.LIMIT,
          () ->
              apps.everywhere("/shop/web").stream()
                  .anyMatch(one -> one.isRunning() && !one.revision().equals(before)));
      herd.host(3).kill();
      apps.awaitSettled(1, "/shop/web");
      apps.awaitExactly("/shop/web", 6, 1, 2);
      assertEquals(1, apps.revisions("/shop/web").size());
      herd.host(3).boot();
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      // What came back is of the old one.
      apps.awaitOfOneRevision("/shop/web", 6, 1, 2, 3);
    }
  }
}

package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** The node that looks after an app dies in the middle of its work; its engine lives. */
@OnLab
class StewardKilledBetweenTwoStepsLabTest {
  @Test
  void anotherNodeGoesOnAndNothingIsDoneTwice(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      String id = "/shop/web";
      int steward = apps.steward(id);
      int other = steward == 1 ? 2 : 1;
      JsonObject app = LabApps.sleeper(id, 6);
      apps.put(other, app);
      apps.awaitRunning(id, 1, 1, 2, 3);
      herd.host(steward).killNode();
      apps.awaitRunning(id, 4, 1, 2, 3);
      herd.host(steward).startNodeAgain();
      herd.awaitMembers(3);
      apps.awaitSettled(other, id);
      apps.awaitExactly(id, 6, 1, 2, 3);
      assertEquals(6, apps.everywhere(id).stream().map(LabApps.Seen::name).distinct().count());
    }
  }
}

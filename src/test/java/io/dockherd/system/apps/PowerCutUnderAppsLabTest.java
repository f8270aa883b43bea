package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every host loses power at once, and gets it back. */
@OnLab
class PowerCutUnderAppsLabTest {
  @Test
  void everyAppIsWhatItWasAndNothingIsDoubled(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject web = LabApps.sleeper("/shop/web", 4);
      apps.run(1, web);
      apps.run(2, LabApps.changed(web, "2"));
      apps.run(3, LabApps.sleeper("/shop/db", 1));
      JsonObject before = apps.app(1, "/shop/web");
      herd.lab().hosts().forEach(LabHost::kill);
      herd.lab().onAll(LabHost::boot);
      herd.lab().hosts().forEach(LabHost::startNodeAgain);
      herd.lab().hosts().forEach(host -> host.awaitNode(Duration.ofSeconds(60)));
      herd.awaitMembers(3);
      apps.awaitExactly("/shop/web", 4, 1, 2, 3);
      apps.awaitExactly("/shop/db", 1, 1, 2, 3);
      apps.awaitSettled(2, "/shop/web");
      assertEquals(before.getString("version"), apps.app(2, "/shop/web").getString("version"));
      assertEquals(before.getJsonObject("env"), apps.app(3, "/shop/web").getJsonObject("env"));
    }
  }
}

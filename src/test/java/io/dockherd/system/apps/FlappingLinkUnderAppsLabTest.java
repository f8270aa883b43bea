package io.dockherd.system.apps;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cable that comes and goes. */
@OnLab
class FlappingLinkUnderAppsLabTest {
  @Test
  void whenItStaysThereIsExactlyWhatWasAskedFor(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      apps.run(1, LabApps.sleeper("/shop/web", 6));
      for (int round = 0; round < 3; round++) {
        herd.host(3).linkDown();
        Await.until(
            "host 1 misses it", Duration.ofSeconds(30), () -> herd.nodesSeenBy(1).size() == 2);
        herd.host(3).linkUp();
        apps.scale(1, "/shop/web", 6 + round);
      }
      herd.awaitMembers(3);
      apps.awaitExactly("/shop/web", 8, 1, 2, 3);
      apps.awaitSettled(3, "/shop/web");
    }
  }
}

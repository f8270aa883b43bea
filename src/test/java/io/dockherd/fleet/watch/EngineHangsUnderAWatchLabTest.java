package io.dockherd.fleet.watch;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A daemon that is frozen keeps its connections and says nothing. */
class EngineHangsUnderAWatchLabTest {
  @Test
  void itIsSaidToBeOutOfReachAndIsFollowedAgainWhenItGoesOn() {
    try (WatchedEngine engine = new WatchedEngine(Duration.ofSeconds(1))) {
      String id = engine.create("web", new JsonObject(), "sleep", "600");
      engine.act(id, "start");
      engine.awaitTold("\\[web\\] Up .*");

      engine.real.freeze();
      engine.awaitReachable(false);

      engine.real.thaw();
      engine.awaitReachable(true);
      engine.act(id, "kill");
      engine.awaitTold("\\[web\\] Exited \\(137\\) .*");
      engine.awaitSameAsEngine();
    }
  }
}

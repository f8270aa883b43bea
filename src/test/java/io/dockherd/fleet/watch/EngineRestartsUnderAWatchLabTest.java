package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A daemon that is killed and started again, with its containers ended meanwhile. */
class EngineRestartsUnderAWatchLabTest {
  @Test
  void itIsSaidToBeOutOfReachAndAllIsKnownWhenItIsBack() {
    try (WatchedEngine engine = new WatchedEngine()) {
      String id = engine.create("web", new JsonObject(), "sleep", "600");
      engine.act(id, "start");
      engine.awaitTold("\\[web\\] Up .*");

      engine.real.kill();
      engine.awaitReachable(false);
      assertTrue(!engine.engineFact().reason().isEmpty());
      engine.awaitTold("\\[web\\] Up .*");

      engine.real.launch();
      engine.awaitReachable(true);
      engine.awaitSameAsEngine();
      engine.create("after", new JsonObject(), "true");
      engine.awaitTold("\\[after\\] Created", "\\[web\\] .*");
      engine.awaitSameAsEngine();
    }
  }
}

package io.dockherd.fleet;

import io.vertx.core.json.JsonObject;

/** Something one node does because another one, or itself, asks it to. */
@FunctionalInterface
public interface Errand {
  /**
   * Does it; waits. What it throws as a {@link io.dockherd.failure.Failure} the one who asked gets.
   *
   * @param from the node that asks, as the herd's key proves it
   * @param order what is asked for
   */
  JsonObject run(String from, JsonObject order);
}

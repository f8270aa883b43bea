package io.dockherd.herd.links;

import io.vertx.core.json.JsonObject;

/** Answers questions that came over the relay, on a virtual thread: may wait. */
@FunctionalInterface
public interface RelayAnswerer {
  /**
   * Answers one.
   *
   * @throws io.dockherd.failure.Failure is thrown again at the one who asked
   */
  JsonObject answer(Peer peer, JsonObject question);
}

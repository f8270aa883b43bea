package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.PeerFetch;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Brings an image that one node has just made to another, with its names. */
final class Spread {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Spread() {}

  /**
   * Has a node fetch it and name it.
   *
   * @param id in full
   * @throws DockerError what went wrong
   */
  static void to(Host host, String id, List<Reference> names, Consumer<JsonObject> told) {
    EngineWords.follow(host, PeerFetch.request(id, EngineWords.LIMIT), told);
    for (Reference name : names) {
      EngineResponse tagged =
          host.call(
              EngineRequest.post(SOON, "images", id, "tag")
                  .query("repo", name.name())
                  .query("tag", name.orLatest().tag()));
      if (!tagged.isSuccess()) {
        throw new DockerError(tagged.status(), tagged.message());
      }
    }
  }
}

package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Feed;
import io.dockherd.fleet.images.Messages;
import io.dockherd.fleet.images.Reference;
import io.dockherd.fleet.images.Vigil;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A build's output on its way to the caller. */
record BuildStream(Build build, Host host, List<Reference> names, boolean isQuiet) {
  Reply answer(DockerCall call, EngineRequest request) {
    EngineStream stream = call.open().whileThere(() -> host.stream(request));
    if (stream.status() >= 300) {
      return Replies.of(stream);
    }
    Feed feed = new Feed(stream::close);
    Thread.ofVirtual().name("build").start(() -> feed.endAfter(() -> tell(stream, feed)));
    return Replies.of(feed.stream());
  }

  private void tell(EngineStream stream, Feed feed) {
    if (!isQuiet) {
      feed.write(Build.said("Building on " + host.node()));
    }
    Vigil vigil = new Vigil(() -> build.nodes().trouble(host.node()), Vigil.PATIENCE);
    try (stream;
        vigil) {
      if (pass(stream, feed)) {
        // A quiet build's output is the image's id and nothing else.
        build.renew(host, names, line -> isQuiet || feed.write(line));
      }
    } catch (Failure e) {
      feed.write(
          Feed.error(
              vigil
                  .reason()
                  .map(why -> host.node() + " went out of reach: " + why)
                  .orElse(e.getMessage())));
    }
  }

  /** Whether it came to a good end. */
  private boolean pass(EngineStream stream, Feed feed) {
    Messages messages = new Messages(stream.body(), host.node());
    boolean isGood = true;
    Optional<JsonObject> message = messages.next(EngineWords.LIMIT);
    while (message.isPresent()) {
      isGood &= !message.get().containsKey("error");
      if (!feed.write(message.get())) {
        return false;
      }
      message = messages.next(EngineWords.LIMIT);
    }
    return isGood;
  }
}

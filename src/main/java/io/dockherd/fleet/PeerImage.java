package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.images.Counted;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Messages;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings one image from one node to this one's engine. It is asked for by its id, which can't come
 * to mean something else on the way, and gets its name only when that id is here.
 */
final class PeerImage {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration PROGRESS_EVERY = Duration.ofMillis(500);
  private static final int LONGEST_WORD = 4 << 10;

  private final String self;
  private final Engine engine;
  private final Duration limit;

  /**
   * @param engine this node's own
   * @param limit for all of it
   */
  PeerImage(String self, Engine engine, Duration limit) {
    this.self = self;
    this.engine = engine;
    this.limit = limit;
  }

  /**
   * Waits until it is here under its name; how that came about, in words.
   *
   * @throws Refused when the other or this engine won't
   * @throws Unreachable when it breaks off
   */
  String bring(Host peer, KnownImage image, Fetching fetching) {
    boolean isHere = has(image.id());
    if (!isHere) {
      load(peer, image, fetching);
      if (!has(image.id())) {
        throw new Refused(
            image.id(), "what " + peer.node() + " sent is not the image " + image.id(), "");
      }
    }
    name(image, fetching.reference());
    String what = fetching.reference() + " (" + image.shortId() + ")";
    return isHere
        ? "Named " + what + " as on " + peer.node()
        : "Fetched " + what + " from " + peer.node();
  }

  private boolean has(String id) {
    EngineResponse response = engine.call(EngineRequest.get(SOON, "images", id, "json"));
    return response.isSuccess() && id(response).equals(Optional.of(id));
  }

  private static Optional<String> id(EngineResponse response) {
    return response
        .json()
        .filter(JsonObject.class::isInstance)
        .map(json -> ((JsonObject) json).getString("Id"));
  }

  private void load(Host peer, KnownImage image, Fetching fetching) {
    // The whole is packed on the other side before its head comes.
    EngineRequest get = EngineRequest.get(limit, "images", image.id(), "get");
    try (EngineStream packed = peer.stream(get)) {
      if (packed.status() != 200) {
        throw new Refused(
            image.id(), new Messages(packed.body(), peer.node()).text(LONGEST_WORD, SOON), "");
      }
      Progress progress = new Progress(fetching, peer.node(), image);
      Counted body = new Counted(packed.body(), progress::came);
      EngineRequest load =
          EngineRequest.post(limit, "images", "load")
              .body(new EngineRequest.Body.Stream("application/x-tar", body));
      try (EngineStream answer = engine.stream(load)) {
        follow(answer);
      }
    }
  }

  private void follow(EngineStream answer) {
    Messages messages = new Messages(answer.body(), self);
    if (answer.status() >= 300) {
      throw new Refused(self, messages.text(LONGEST_WORD, SOON), "");
    }
    Optional<JsonObject> message = messages.next(limit);
    while (message.isPresent()) {
      String error = message.get().getString("error", "");
      if (!error.isEmpty()) {
        throw new Refused(self, error, "");
      }
      message = messages.next(limit);
    }
  }

  /** Gives it the name that was asked for, and makes sure it has it. */
  private void name(KnownImage image, String reference) {
    Optional<Reference> name =
        Reference.find(reference).filter(asked -> image.tags().contains(asked.listed()));
    if (name.isEmpty()) {
      // It was asked for by its id.
      return;
    }
    String repository = name.get().name();
    String tag = name.get().orLatest().tag();
    EngineResponse tagged =
        engine.call(
            EngineRequest.post(SOON, "images", image.id(), "tag")
                .query("repo", repository)
                .query("tag", tag));
    EngineResponse found =
        engine.call(EngineRequest.get(SOON, "images", repository + ":" + tag, "json"));
    if (!tagged.isSuccess() || !id(found).equals(Optional.of(image.id()))) {
      String why = tagged.isSuccess() ? "it means another image now" : tagged.message();
      throw new Refused(reference, "the image is here but not as " + reference + ": " + why, "");
    }
  }

  /** Tells how far it is, now and then. */
  private static final class Progress {
    private final Fetching fetching;
    private final String status;
    private final long total;
    private final AtomicLong current = new AtomicLong();
    private long dueNanos = System.nanoTime();

    private Progress(Fetching fetching, String node, KnownImage image) {
      this.fetching = fetching;
      this.status = "Fetching " + fetching.reference() + " from " + node;
      this.total = image.entry().getValue("Size") instanceof Number size ? size.longValue() : 0;
    }

    /** On one event loop. */
    private void came(int bytes) {
      long sum = current.addAndGet(bytes);
      long now = System.nanoTime();
      if (now - dueNanos >= 0) {
        dueNanos = now + PROGRESS_EVERY.toNanos();
        fetching.tell(
            new JsonObject()
                .put("status", status)
                .put(
                    "progressDetail",
                    new JsonObject().put("current", sum).put("total", Math.max(sum, total))));
      }
    }
  }
}

package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Deadline;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fetches an image to one node or all; progress goes to the log, the answer is how it ended. */
final class PullImage {
  static final Field<String> IMAGE = Field.text("image", "its name, with tag or digest");
  static final Field<String> PLATFORM = Field.text("platform", "as linux/arm64");

  private static final Log LOG = Log.of(PullImage.class);

  private PullImage() {}

  static Action action(Fleet fleet, Whereabouts whereabouts) {
    return new NodeAction(
        List.of("pull-image", "pull"),
        "image.pull",
        true,
        "images",
        Limit.PULLING,
        List.of(IMAGE, PLATFORM),
        List.of(IMAGE),
        fleet,
        whereabouts,
        PullImage::pull);
  }

  private static Reply pull(Host host, ActionRequest request) {
    String image = request.need(IMAGE);
    ImageName name = ImageName.parse(image);
    EngineRequest call =
        EngineCalls.withHeaders(
                EngineRequest.post(request.deadline().left(), "images", "create"), request)
            .query("fromImage", name.repository())
            .query("tag", name.tag());
    EngineRequest asked =
        request.get(PLATFORM).map(platform -> call.query("platform", platform)).orElse(call);
    try (EngineStream stream = host.stream(asked)) {
      BodyReader body = new BodyReader(stream.body(), host.node());
      if (stream.status() >= 400) {
        Buffer text = body.all(Logs.MOST_BYTES, request.deadline()).bytes();
        return Reply.of(new EngineResponse(stream.status(), stream.headers(), text), host.node());
      }
      return ended(follow(body, request.deadline(), image, host.node()), stream, image, host);
    }
  }

  private static PullProgress follow(
      BodyReader body, Deadline deadline, String image, String node) {
    PullProgress progress = new PullProgress();
    String shown = "";
    Optional<Buffer> chunk = body.next(deadline);
    while (chunk.isPresent()) {
      progress.take(chunk.get());
      if (!progress.summary().equals(shown)) {
        shown = progress.summary();
        LOG.info("pulling", "image", image, "node", node, "progress", shown);
      }
      chunk = body.next(deadline);
    }
    return progress;
  }

  /** The engine says 200 before it begins; an error comes in the stream. */
  private static Reply ended(PullProgress progress, EngineStream stream, String image, Host host) {
    Optional<String> error = progress.error();
    int status = error.isPresent() ? 500 : 200;
    JsonObject body =
        error
            .map(message -> new JsonObject().put("message", message))
            .orElseGet(() -> new JsonObject().put("status", progress.status()).put("image", image));
    LOG.info(
        "pull ended",
        "image",
        image,
        "node",
        host.node(),
        "outcome",
        error.orElse(progress.status()));
    return new Reply(
        status, Envelope.ofJson(status, stream.headers(), body.toBuffer(), host.node(), Map.of()));
  }
}

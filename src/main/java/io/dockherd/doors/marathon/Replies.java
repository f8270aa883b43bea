package io.dockherd.doors.marathon;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The usual answers. */
final class Replies {
  private static final String DEPLOYMENT = "Marathon-Deployment-Id";

  private Replies() {}

  static Reply json(JsonObject body) {
    return new Reply.Whole(Answer.json(200, body.toBuffer()));
  }

  static Reply json(JsonArray body) {
    return new Reply.Whole(Answer.json(200, body.toBuffer()));
  }

  static Reply text(String body) {
    return new Reply.Whole(Answer.text(200, body));
  }

  static Reply empty(int status) {
    return new Reply.Whole(new Answer(status, "", Buffer.buffer(), Map.of()));
  }

  /** What a change has begun. */
  static Reply changed(int status, String version, String deployment) {
    JsonObject body = new JsonObject().put("version", version).put("deploymentId", deployment);
    return new Reply.Whole(Answer.json(status, body.toBuffer()).header(DEPLOYMENT, deployment));
  }

  /** Something new, and where it is. */
  static Reply created(JsonObject body, String location, String deployment) {
    return new Reply.Whole(
        Answer.json(201, body.toBuffer())
            .header("Location", location)
            .header(DEPLOYMENT, deployment));
  }
}

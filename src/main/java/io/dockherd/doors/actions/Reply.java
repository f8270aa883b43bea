package io.dockherd.doors.actions;

import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;

/**
 * An action's answer.
 *
 * @param status the HTTP status; the bus has none
 * @param body a JSON object, as bytes: most are passed on unread
 */
public record Reply(int status, Buffer body) {
  public Reply {
    Objects.requireNonNull(body, "body");
  }

  /** Done; {@code json} says what. */
  public static Reply of(JsonObject json) {
    return new Reply(200, json.toBuffer());
  }

  /** What an engine answered, enveloped. */
  public static Reply of(EngineResponse response, String node) {
    return new Reply(httpStatus(response.status()), Envelope.of(response, node));
  }

  /** The body, parsed. */
  public JsonObject json() {
    return body.toJsonObject();
  }

  /** It failed on {@code node} ("" for none); {@code more} keys say more. */
  public static Reply failed(
      String requestId, String node, Failure failure, Map<String, Object> more) {
    Reply plain = ActionErrors.reply(requestId, failure);
    JsonObject body = plain.body().toJsonObject();
    if (!node.isEmpty()) {
      body.put("node", node);
    }
    more.forEach(body::put);
    return new Reply(plain.status(), body.toBuffer());
  }

  /**
   * The HTTP status for an envelope: errors keep the engine's; 204 and 304 can't, for they may have
   * no body.
   */
  public static int httpStatus(int engineStatus) {
    return engineStatus >= 400 && engineStatus <= 599 ? engineStatus : 200;
  }
}

package io.dockherd.doors.docker;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The usual answers. */
public final class Replies {
  private static final String JSON = "application/json";

  private Replies() {}

  /** A JSON object. */
  public static Reply json(int status, JsonObject body) {
    return json(status, body.toBuffer());
  }

  /** A JSON array. */
  public static Reply json(int status, JsonArray body) {
    return json(status, body.toBuffer());
  }

  /** JSON already written. */
  public static Reply json(int status, Buffer body) {
    return new Reply.Whole(new Answer(status, JSON, body, Map.of()));
  }

  /** A status and nothing else. */
  public static Reply empty(int status) {
    return new Reply.Whole(new Answer(status, "", Buffer.buffer(), Map.of()));
  }

  /** What an engine answers, passed on as it comes. */
  public static Reply of(EngineStream stream) {
    return new Reply.Streamed(stream);
  }

  /** What an engine has answered, passed on. */
  public static Reply of(EngineResponse response) {
    return new Reply.Streamed(EngineStream.of(response));
  }
}

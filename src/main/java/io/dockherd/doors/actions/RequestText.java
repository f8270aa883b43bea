package io.dockherd.doors.actions;

import io.dockherd.doors.JsonFault;
import io.dockherd.failure.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.locks.ReentrantLock;

/** Reads a request's text: JSON, C comments tolerated as the seed's clients may have them. */
public final class RequestText {
  /** Hostile JSON can be thirty times its text when parsed; large ones are read one at a time. */
  private static final int LARGE_BYTES = 128 << 10;

  private final ReentrantLock large = new ReentrantLock();

  /**
   * The request.
   *
   * @throws Invalid when it is not one JSON object
   */
  public JsonObject parse(Buffer text) {
    if (text.length() < LARGE_BYTES) {
      return read(text);
    }
    large.lock();
    try {
      return read(text);
    } finally {
      large.unlock();
    }
  }

  private static JsonObject read(Buffer text) {
    if (text.length() == 0) {
      throw new Invalid("", "the request is empty", "send a JSON object with an action");
    }
    try {
      if (Json.decodeValue(text) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException e) {
      throw new Invalid("", "the request is not JSON: " + JsonFault.of(e), "", e);
    }
    throw new Invalid("", "the request must be a JSON object", "send one with an action");
  }
}

package io.dockherd.doors;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Objects;

/**
 * What a door says back, whole.
 *
 * @param status the HTTP status
 * @param contentType of the body; "" when there is none
 * @param body the entity
 * @param headers more header lines, name → value
 */
public record Answer(int status, String contentType, Buffer body, Map<String, String> headers) {
  /** What every JSON answer is marked as. */
  public static final String JSON = "application/json; charset=utf-8";

  /** What every plain text answer is marked as. */
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(body, "body");
    headers = Map.copyOf(headers);
  }

  /** JSON. */
  public static Answer json(int status, Buffer body) {
    return new Answer(status, JSON, body, Map.of());
  }

  /** Plain text. */
  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, Buffer.buffer(text), Map.of());
  }

  /** The same with one more header line. */
  public Answer header(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more);
  }
}

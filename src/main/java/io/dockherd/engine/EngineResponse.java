package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What an engine answered, whole.
 *
 * @param status the HTTP status
 * @param headers in the order and with the case they came in; names may repeat
 * @param body the entity; empty for 204
 */
public record EngineResponse(int status, List<Header> headers, Buffer body) {
  /** One header line. */
  public record Header(String name, String value) {}

  public EngineResponse {
    headers = List.copyOf(headers);
  }

  /** Whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The entity as JSON (object, array, string, number, boolean); empty when it is none. */
  public Optional<Object> json() {
    if (body.length() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.decodeValue(body));
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /**
   * What the engine says went wrong: the {@code message} of its error body, else the body as text.
   */
  public String message() {
    return json()
        .filter(JsonObject.class::isInstance)
        .map(object -> ((JsonObject) object).getString("message"))
        .orElseGet(() -> body.toString().strip());
  }
}

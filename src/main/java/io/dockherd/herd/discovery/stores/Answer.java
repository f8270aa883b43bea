package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a store said.
 *
 * @param server which of its servers, as host:port
 */
record Answer(String server, int status, HttpHeaders headers, String text) {
  private static final int SHOWN_MAX = 200;

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /**
   * This answer, when it is a good one.
   *
   * @throws Refused with the store's own words when not
   */
  Answer orRefused() {
    if (isOk()) {
      return this;
    }
    throw new Refused(
        server,
        "the store at " + server + " answers " + status + ": " + shown(),
        "is that the right store, and may this host write there?");
  }

  /**
   * What is read from the JSON object or array that this answer is.
   *
   * @throws Unreachable when it is none, or one of another shape
   */
  <J, T> T read(Class<J> shape, Function<J, T> reader) {
    try {
      return reader.apply(shape.cast(Json.decodeValue(text)));
    } catch (RuntimeException e) {
      // Whatever else answers at that port may send anything at all.
      throw new Unreachable(
          server, server + " answers what no such store does: " + shown(), "is it one?", e);
    }
  }

  <T> T read(Function<JsonObject, T> reader) {
    return read(JsonObject.class, reader);
  }

  /** A count the store tells in a header; 0 when it doesn't. */
  long count(String header) {
    Optional<String> written = headers.firstValue(header);
    try {
      return Math.max(0, Long.parseLong(written.orElse("0")));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String shown() {
    return text.length() <= SHOWN_MAX ? text.strip() : text.substring(0, SHOWN_MAX) + "…";
  }
}

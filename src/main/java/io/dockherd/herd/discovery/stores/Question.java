package io.dockherd.herd.discovery.stores;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One request to a store.
 *
 * @param path with the query, encoded
 * @param lines how many lines of the answer are enough; 0 for all of it
 */
record Question(String method, String path, String type, String body, Duration limit, int lines) {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String JSON = "application/json";

  static Question get(String path) {
    return new Question("GET", path, JSON, "", LIMIT, 0);
  }

  static Question post(String path, JsonObject body) {
    return new Question("POST", path, JSON, body.encode(), LIMIT, 0);
  }

  static Question put(String path, String body) {
    return new Question("PUT", path, JSON, body, LIMIT, 0);
  }

  static Question putForm(String path, String form) {
    return new Question("PUT", path, "application/x-www-form-urlencoded", form, LIMIT, 0);
  }

  static Question delete(String path) {
    return new Question("DELETE", path, JSON, "", LIMIT, 0);
  }

  Question within(Duration other) {
    return new Question(method, path, type, body, other, lines);
  }

  Question untilLine(int number) {
    return new Question(method, path, type, body, limit, number);
  }

  /** A path of keys as a URL wants it, slashes kept. */
  static String encoded(String keys) {
    return Arrays.stream(keys.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}

package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to a Docker Engine, without the API version (the {@link Engine} puts it in front).
 *
 * <p>Path segments are given raw and encoded here, one by one: an id can't climb out of its
 * segment, nor add a query.
 *
 * @param method the HTTP method, upper case
 * @param path the encoded path, from {@code /} on, without version and query
 * @param query name → values, raw
 * @param headers name → values, a line for each; Content-Type is set from the body when absent
 * @param body what is sent
 * @param limit how long the answer (for streams: its head) may take
 */
public record EngineRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    Body body,
    Duration limit) {

  /** What a request carries. */
  public sealed interface Body {
    /** Nothing. */
    record Empty() implements Body {}

    /** Bytes at hand, of the given Content-Type. */
    record Bytes(String contentType, Buffer bytes) implements Body {}

    /** Bytes still to come, sent chunked and with back-pressure. */
    record Stream(String contentType, ReadStream<Buffer> source) implements Body {}
  }

  private static final Body EMPTY = new Body.Empty();

  public EngineRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(limit, "limit");
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path must start with '/': " + path);
    }
    query = copied(query);
    headers = copied(headers);
  }

  private static Map<String, List<String>> copied(Map<String, List<String>> values) {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
    return Collections.unmodifiableMap(copy);
  }

  /** A request without a body; {@code segments} are raw. */
  public static EngineRequest of(Duration limit, String method, String... segments) {
    return new EngineRequest(method, encode(segments), Map.of(), Map.of(), EMPTY, limit);
  }

  /** GET. */
  public static EngineRequest get(Duration limit, String... segments) {
    return of(limit, "GET", segments);
  }

  /** POST without a body. */
  public static EngineRequest post(Duration limit, String... segments) {
    return of(limit, "POST", segments);
  }

  /** DELETE. */
  public static EngineRequest delete(Duration limit, String... segments) {
    return of(limit, "DELETE", segments);
  }

  /** The same with one more query parameter. */
  public EngineRequest query(String name, Object value) {
    Map<String, List<String>> more = new LinkedHashMap<>(query);
    more.merge(
        name,
        List.of(String.valueOf(value)),
        (old, added) -> {
          List<String> both = new ArrayList<>(old);
          both.addAll(added);
          return both;
        });
    return new EngineRequest(method, path, more, headers, body, limit);
  }

  /** The same with one header set. */
  public EngineRequest header(String name, String value) {
    return headers(name, List.of(value));
  }

  /** The same with one header set, in as many lines as it has values. */
  public EngineRequest headers(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(name, values);
    return new EngineRequest(method, path, query, more, body, limit);
  }

  /** The first value of that header, written just so; empty when there is none. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The same with a JSON body. */
  public EngineRequest json(JsonObject json) {
    return body(new Body.Bytes("application/json", json.toBuffer()));
  }

  /** The same with that body. */
  public EngineRequest body(Body other) {
    return new EngineRequest(method, path, query, headers, other, limit);
  }

  /** Path and query as they go on the wire, without the version. */
  public String target() {
    StringBuilder target = new StringBuilder(path);
    char separator = '?';
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      for (String value : parameter.getValue()) {
        target
            .append(separator)
            .append(encode(parameter.getKey()))
            .append('=')
            .append(encode(value));
        separator = '&';
      }
    }
    return target.toString();
  }

  private static String encode(String[] segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      if (segment.equals(".") || segment.equals("..")) {
        throw new io.dockherd.failure.Invalid(
            segment, "'" + segment + "' is not a name", "give a name or an id");
      }
      path.append('/').append(encode(segment));
    }
    return path.toString();
  }

  private static String encode(String raw) {
    return URLEncoder.encode(raw, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

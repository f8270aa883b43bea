package io.dockherd.cli;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Speaks with a node's apps door, like anybody. */
final class AppsClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private static final String OPTION = "--door or DOCKHERD_DOOR";

  /** Three times as long as a node lets a stream be silent. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final URI door;
  private final DoorHttp http;

  AppsClient(URI door) {
    this.door = door;
    this.http = new DoorHttp(door, OPTION, System.getenv());
  }

  /** Where an app is at the door: its path's segments encoded, behind {@code /v1/apps}. */
  static String app(String path, String suffix) {
    return "/v1/apps" + encoded(path) + suffix;
  }

  /** The same of a group. */
  static String group(String path, String suffix) {
    return "/v1/groups" + encoded(path) + suffix;
  }

  /** A query's value, or a segment of a path. */
  static String encoded(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(segment -> URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  JsonObject get(String path) {
    return send(request(path).GET());
  }

  JsonObject put(String path, JsonObject body) {
    return send(request(path).PUT(BodyPublishers.ofString(body.encode())));
  }

  JsonObject post(String path, JsonObject body) {
    return send(request(path).POST(BodyPublishers.ofString(body.encode())));
  }

  JsonObject delete(String path) {
    return send(request(path).DELETE());
  }

  /** A stream of lines, open; to be closed. It breaks when the node is silent for long. */
  InputStream stream(String path) {
    DoorHttp.Streamed response = http.stream(http.request(path).GET(), LIMIT, SILENCE);
    if (response.status() != 200) {
      try (InputStream body = response.body()) {
        throw failure(
            response.status(), read(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw http.broken(e);
      }
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return http.request(path).header("Content-Type", "application/json");
  }

  private JsonObject send(HttpRequest.Builder request) {
    HttpResponse<String> response = http.send(request, LIMIT);
    JsonObject answer = read(response.body());
    if (response.statusCode() >= 300) {
      throw failure(response.statusCode(), answer);
    }
    return answer;
  }

  private JsonObject read(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      throw new Unreachable(door.toString(), door + " is no door of a node", "", e);
    }
  }

  /** The door's words are whole sentences, remedy and all. */
  private static Failure failure(int status, JsonObject answer) {
    String subject = answer.getString("subject", "");
    String message = answer.getString("message", answer.encode());
    return switch (status) {
      case 400 -> new Invalid(subject, message, "");
      case 404 -> new NotFound(subject, message, "");
      case 409 -> new Conflict(subject, message, "");
      case 502 -> new Unreachable(subject, message, "");
      case 504 -> new TimedOut(subject, message, "");
      default -> new Refused(subject, message, "");
    };
  }

  @Override
  public void close() {
    http.close();
  }
}

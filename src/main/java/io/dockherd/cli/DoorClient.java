package io.dockherd.cli;

import io.dockherd.failure.Unreachable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** Sends requests to a node's actions door, like anybody. */
final class DoorClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final URI door;
  private final Duration limit;
  private final DoorHttp http;

  DoorClient(URI door) {
    this(door, LIMIT);
  }

  /**
   * @param limit for one answer
   */
  DoorClient(URI door, Duration limit) {
    this.door = door;
    this.limit = limit;
    this.http = new DoorHttp(door, "--door or DOCKHERD_DOOR", System.getenv());
  }

  /** Sends a request and answers what came back, also when it is a refusal. */
  JsonObject post(JsonObject request) {
    HttpRequest.Builder post =
        http.request()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.encode()));
    try {
      return new JsonObject(http.send(post, limit).body());
    } catch (DecodeException e) {
      throw new Unreachable(door.toString(), door + " is no door of a node", "", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

package io.dockherd.cli;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Sends requests to a node's actions door, like anybody. */
final class DoorClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final URI door;
  private final Duration limit;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  DoorClient(URI door) {
    this(door, LIMIT);
  }

  /**
   * @param limit for one answer
   */
  DoorClient(URI door, Duration limit) {
    this.door = door;
    this.limit = limit;
  }

  /** Sends a request and answers what came back, also when it is a refusal. */
  JsonObject post(JsonObject request) {
    HttpRequest post =
        HttpRequest.newBuilder(door)
            .timeout(limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.encode()))
            .build();
    try {
      return new JsonObject(http.send(post, BodyHandlers.ofString()).body());
    } catch (HttpTimeoutException e) {
      throw new TimedOut(
          door.toString(), door + " did not answer within " + limit.toSeconds() + " s", "", e);
    } catch (IOException | DecodeException e) {
      throw new Unreachable(door.toString(), door + " gives no answer", e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(door.toString(), "interrupted while waiting for " + door, "", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

package io.dockherd.doors.marathon;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.AppsBench;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.marathon.events.EventFeed;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The Marathon door on a port of its own, over the apps of an {@link AppsBench}. */
final class MarathonBench implements AutoCloseable {
  private final AppsBench bench = new AppsBench();
  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final EventFeed events;
  private final FrontDoor door;
  private final int port;

  /** What was answered. */
  record Said(int status, HttpHeaders headers, String text) {
    JsonObject json() {
      return new JsonObject(text);
    }

    JsonArray list() {
      return new JsonArray(text);
    }
  }

  MarathonBench() {
    this(Gate.EVERYTHING);
  }

  MarathonBench(Gate gate) {
    events = new EventFeed(bench.apps(), "life", bench::now);
    events.open(bench.apps(), timer);
    Marathon marathon =
        new Marathon(bench.apps(), new FixedMembers("host-1"), "herd", 8080, bench::now);
    door =
        new FrontDoor(
            vertx,
            DoorLimits.DEFAULT,
            new RequestIds(new Random(1)),
            Set.of(),
            List.of(
                new MarathonDoor(
                    gate, new Audit(), marathon, events, DoorLimits.DEFAULT.bodyBytes())));
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  AppsBench bench() {
    return bench;
  }

  Said get(String path) {
    return send("GET", path, "", Map.of());
  }

  Said send(String method, String path, String body) {
    return send(method, path, body, Map.of());
  }

  /** A second goes by with each call, so that versions differ. */
  Said send(String method, String path, String body, Map<String, String> headers) {
    bench.passes(Duration.ofSeconds(1));
    try {
      HttpResponse<String> said =
          http.send(request(method, path, body, headers), BodyHandlers.ofString());
      return new Said(said.statusCode(), said.headers(), said.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }

  private HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(AppsBench.LIMIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  /** Follows the events. */
  EventReader follow(String query, Map<String, String> headers) {
    try {
      HttpResponse<InputStream> stream =
          http.send(
              request("GET", "/v2/events" + query, "", headers), BodyHandlers.ofInputStream());
      return new EventReader(stream.statusCode(), stream.body());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("events", e);
    }
  }

  EventReader follow() {
    return follow("", Map.of("Accept", "text/event-stream"));
  }

  @Override
  public void close() {
    http.shutdownNow();
    events.close();
    door.close();
    timer.shutdownNow();
    vertx.close().await();
    bench.close();
  }
}

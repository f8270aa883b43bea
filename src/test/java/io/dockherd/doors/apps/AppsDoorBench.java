package io.dockherd.doors.apps;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.Apps;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.logs.AppLogs;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.fleet.images.ImageIndex;
import io.vertx.core.Vertx;
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
import java.util.function.UnaryOperator;

/** The apps door on a port of its own, over the apps of an {@link AppsBench}. */
public final class AppsDoorBench implements AutoCloseable {
  private final AppsBench bench = new AppsBench();
  private final ScriptedFleet fleet = new ScriptedFleet("host-1", "host-2");
  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AppEvents events;
  private final FrontDoor door;
  private final int port;

  /** What was answered. */
  record Said(int status, HttpHeaders headers, String text) {
    JsonObject json() {
      return new JsonObject(text);
    }
  }

  public AppsDoorBench() {
    this(Gate.EVERYTHING, apps -> apps);
  }

  /** The same with something between the door and the apps. */
  public AppsDoorBench(Gate gate, UnaryOperator<Apps> between) {
    Apps apps = between.apply(bench.apps());
    events = new AppEvents(apps, bench::now, timer);
    AppsDoorParts parts =
        new AppsDoorParts(
            apps,
            fleet,
            new ImageIndex(bench.facts()),
            events,
            new AppLogs(fleet, bench.facts()),
            bench::now);
    door =
        new FrontDoor(
            vertx,
            DoorLimits.DEFAULT,
            new RequestIds(new Random(1)),
            Set.of(),
            List.of(new AppsDoor(gate, new Audit(), parts, DoorLimits.DEFAULT.bodyBytes())));
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  /** The apps behind it. */
  public AppsBench bench() {
    return bench;
  }

  /** The engines behind it. */
  public ScriptedFleet fleet() {
    return fleet;
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + port + "/";
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

  InputStream stream(String path, Map<String, String> headers) {
    try {
      return http.send(request("GET", path, "", headers), BodyHandlers.ofInputStream()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }

  private HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url()).resolve(path))
            .timeout(AppsBench.LIMIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
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

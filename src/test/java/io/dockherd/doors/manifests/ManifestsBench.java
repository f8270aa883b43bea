package io.dockherd.doors.manifests;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.AppsBench;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.doors.manifests.ledger.Watchers;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The manifests door on a real socket, over apps whose records are in memory. */
final class ManifestsBench implements AutoCloseable {
  static final int MOST_WAITERS = 3;
  private static final int BODY_BYTES = 512 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final AppsBench apps = new AppsBench();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Ledger ledger = new Ledger(apps.records(), InstantSource.system(), new Random(7));
  private final Watchers watchers;
  private final FrontDoor door;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  ManifestsBench() {
    this(Gate.EVERYTHING, Duration.ofMinutes(5));
  }

  /**
   * @param longest so long a caller may wait
   */
  ManifestsBench(Gate gate, Duration longest) {
    watchers = new Watchers(ledger, timer, MOST_WAITERS, longest);
    watchers.start();
    ManifestsDoor manifests =
        new ManifestsDoor("bench", apps.apps(), ledger, watchers, gate, new Audit(), BODY_BYTES);
    door =
        new FrontDoor(
            vertx, DoorLimits.DEFAULT, new RequestIds(new Random(1)), Set.of(), List.of(manifests));
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  AppsBench apps() {
    return apps;
  }

  Ledger ledger() {
    return ledger;
  }

  Watchers watchers() {
    return watchers;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Sends a form; {@code path} with its query. */
  HttpResponse<String> send(String method, String path, String form) {
    return send(http, address(), method, path, form);
  }

  static HttpResponse<String> send(
      HttpClient http, String address, String method, String path, String form) {
    try {
      return http.send(request(address, method, path, form), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Asks, and goes on before it is answered. */
  CompletableFuture<HttpResponse<String>> ask(String path) {
    return http.sendAsync(request(address(), "GET", path, ""), BodyHandlers.ofString());
  }

  static HttpRequest request(String address, String method, String path, String form) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(60))
            .method(
                method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
    if (!form.isEmpty()) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    return request.build();
  }

  @Override
  public void close() {
    http.close();
    door.close();
    timer.shutdownNow();
    apps.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

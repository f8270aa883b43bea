package io.dockherd.system.apps;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code /v1/events} at a node's door, followed while a test does things. */
final class FollowedApps implements AutoCloseable {
  private final int host;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private volatile boolean stands;

  private FollowedApps(int host) {
    this.host = host;
  }

  /** Follows what happens to apps; returns when the stream stands. */
  static FollowedApps at(LabHerd herd, int host) {
    FollowedApps followed = new FollowedApps(host);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://" + herd.host(host).address() + ":" + LabHost.DOOR_PORT + "/v1/events"))
            .build();
    followed
        .http
        .sendAsync(request, BodyHandlers.ofLines())
        .thenAccept(response -> Thread.ofVirtual().start(() -> followed.read(response.body())));
    Await.until("the stream stands", LabApps.LIMIT, () -> followed.stands);
    return followed;
  }

  private void read(Stream<String> lines) {
    try {
      lines.forEach(
          line -> {
            stands = true;
            if (!line.isEmpty()) {
              told.add(new JsonObject(line));
            }
          });
    } catch (UncheckedIOException e) {
      // The test is over; what was told is told.
      stands = false;
    }
  }

  /** All that was told, in words. */
  List<String> words() {
    return told.stream().map(it -> it.getString("words")).toList();
  }

  /** What was told of an app. */
  List<JsonObject> of(String event, String path) {
    return told.stream()
        .filter(it -> it.getString("event").equals(event) && it.getString("path").equals(path))
        .toList();
  }

  /** Waits until that has been told of an app, once or more often; the first of it. */
  JsonObject await(String event, String path, Predicate<JsonObject> which) {
    Await.until(
        () -> "host " + host + " tells " + event + " of " + path + "; it told " + told,
        LabApps.LIMIT,
        () -> of(event, path).stream().anyMatch(which));
    return of(event, path).stream().filter(which).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

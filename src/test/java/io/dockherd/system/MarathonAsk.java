package io.dockherd.system;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** What system tests ask the Marathon door, in few words. */
final class MarathonAsk implements AutoCloseable {
  /** For whatever is to come about: an image is at hand, but five processes share two cores. */
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final LabHerd herd;
  private final HttpClient http = HttpClient.newHttpClient();

  /** What was answered. */
  record Said(int status, JsonObject json) {}

  MarathonAsk(LabHerd herd) {
    this.herd = herd;
  }

  private URI at(int host, String path) {
    return URI.create("http://" + herd.host(host).address() + ":" + LabHost.DOOR_PORT + path);
  }

  private HttpResponse<String> send(int host, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(at(host, path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " at host " + host, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Said ask(int host, String method, String path, String body) {
    HttpResponse<String> said = send(host, method, path, body);
    boolean isObject = said.body().startsWith("{");
    return new Said(said.statusCode(), isObject ? new JsonObject(said.body()) : new JsonObject());
  }

  JsonObject app(int host, String id) {
    return ask(host, "GET", "/v2/apps" + id, "").json().getJsonObject("app", new JsonObject());
  }

  JsonArray deployments(int host) {
    return new JsonArray(send(host, "GET", "/v2/deployments", "").body());
  }

  List<JsonObject> tasks(int host, String id) {
    return ask(host, "GET", "/v2/apps" + id + "/tasks", "")
        .json()
        .getJsonArray("tasks", new JsonArray())
        .stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  /** Waits until so many of an app's tasks run and it has no deployment. */
  void awaitRunning(int host, String id, int count) {
    Await.until(
        () -> count + " of " + id + " run: " + app(host, id).encode(),
        LIMIT,
        () -> {
          JsonObject app = app(host, id);
          return app.getInteger("tasksRunning", -1) == count
              && app.getInteger("tasksStaged", -1) == 0
              && app.getJsonArray("deployments", new JsonArray().add(1)).isEmpty();
        });
  }

  /** Removes apps, and waits until nothing of them is left. */
  void removeAll() {
    for (Object app : ask(1, "GET", "/v2/apps", "").json().getJsonArray("apps")) {
      ask(1, "DELETE", "/v2/apps" + ((JsonObject) app).getString("id"), "");
    }
    Await.until(
        "no container is left",
        LIMIT,
        () -> herd.lab().hosts().stream().allMatch(host -> containers(host).isEmpty()));
  }

  /** What a task's web server shows, once it does. */
  static String page(String host, int port, String name) {
    URI page = URI.create("http://" + host + ":" + port + "/" + name);
    AtomicReference<String> read = new AtomicReference<>("");
    Await.until(
        page + " is shown",
        LIMIT,
        () -> {
          try (InputStream in = page.toURL().openStream()) {
            read.set(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return true;
          } catch (IOException e) {
            return false;
          }
        });
    return read.get();
  }

  /** The ids of all containers on a host's engine. */
  static String containers(LabHost host) {
    return Ask.docker(host, "ps", "--all", "--quiet").strip();
  }

  /** Follows the events as one node tells them. */
  Events follow(int host) {
    return new Events(host);
  }

  /** Events as they come. */
  final class Events {
    private final List<JsonObject> all = new CopyOnWriteArrayList<>();

    private Events(int host) {
      HttpRequest request =
          HttpRequest.newBuilder(at(host, "/v2/events"))
              .header("Accept", "text/event-stream")
              .build();
      http.sendAsync(request, BodyHandlers.ofLines())
          .thenAccept(
              lines ->
                  lines
                      .body()
                      .filter(line -> line.startsWith("data: "))
                      .forEach(line -> all.add(new JsonObject(line.substring(6)))));
    }

    void await(String type, Predicate<JsonObject> which) {
      Await.until(
          () -> type + " among " + all.stream().map(one -> one.getString("eventType")).toList(),
          LIMIT,
          () ->
              all.stream()
                  .anyMatch(one -> one.getString("eventType").equals(type) && which.test(one)));
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

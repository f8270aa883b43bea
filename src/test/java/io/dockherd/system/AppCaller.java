package io.dockherd.system;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What system tests ask of apps, through the door of any node. */
final class AppCaller implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final LabHerd herd;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  AppCaller(LabHerd herd) {
    this.herd = herd;
  }

  /** A service of one busybox that runs a command. */
  static JsonObject app(String path, int instances, String command) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put("Cmd", new JsonArray().add("sh").add("-c").add(command))
            .put("StopSignal", "SIGKILL");
    JsonObject container =
        new JsonObject()
            .put("name", "main")
            .put("containerName", path.substring(1).replace('/', '-') + "-{slot}")
            .put("document", document);
    JsonObject config =
        new JsonObject()
            .put("pod", new JsonObject().put("containers", new JsonArray().add(container)))
            .put("update", new JsonObject().put("monitorMillis", 1000));
    return new JsonObject().put("path", path).put("instances", instances).put("config", config);
  }

  static JsonObject sleeper(String path, int instances) {
    return app(path, instances, "sleep 100000");
  }

  HttpResponse<String> ask(int host, String method, String path, JsonObject body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + herd.host(host).address() + ":" + LabHost.DOOR_PORT + path))
            .timeout(LIMIT)
            .method(method, BodyPublishers.ofString(body.encode()))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonObject put(int host, JsonObject app) {
    return changed(ask(host, "PUT", "/v1/apps" + app.getString("path"), app));
  }

  JsonObject post(int host, String path, String verb, JsonObject body) {
    return changed(ask(host, "POST", "/v1/apps" + path + "/" + verb, body));
  }

  void delete(int host, String path) {
    changed(ask(host, "DELETE", "/v1/apps" + path + "?force=true", new JsonObject()));
  }

  private static JsonObject changed(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body());
  }

  /** How the app stands, as that host's node sees it; empty JSON when it does not know it. */
  JsonObject view(int host, String path) {
    HttpResponse<String> response = ask(host, "GET", "/v1/apps" + path, new JsonObject());
    return response.statusCode() == 200 ? new JsonObject(response.body()) : new JsonObject();
  }

  static List<JsonObject> present(JsonObject view) {
    return view.getJsonArray("present", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  /** The nodes its healthy instances are on, in their order. */
  static List<String> nodes(JsonObject view) {
    return present(view).stream()
        .filter(one -> one.getBoolean("healthy", false))
        .map(one -> one.getString("node"))
        .sorted()
        .toList();
  }

  /** Waits until that host's node shows the app so. */
  JsonObject await(String what, int host, String path, Predicate<JsonObject> isSo) {
    return await(what, host, path, LIMIT, isSo);
  }

  JsonObject await(String what, int host, String path, Duration limit, Predicate<JsonObject> isSo) {
    JsonObject[] last = {new JsonObject()};
    Await.until(
        () -> what + ": " + last[0].encodePrettily(),
        limit,
        () -> {
          try {
            last[0] = view(host, path);
            return isSo.test(last[0]);
          } catch (UncheckedIOException notYet) {
            return false;
          }
        });
    return last[0];
  }

  /** Waits until it has that many healthy instances, no others, and no rollout. */
  JsonObject awaitSettled(int host, String path, int instances) {
    return await(
        path + " has " + instances + " instances",
        host,
        path,
        view ->
            !view.isEmpty()
                && view.getJsonObject("rollout") == null
                && present(view).size() == instances
                && nodes(view).size() == instances);
  }

  /** The containers of an app on those hosts' engines. */
  List<JsonObject> containers(String path, int... hosts) {
    List<JsonObject> all = new ArrayList<>();
    for (int host : hosts) {
      herd.containersOn(host).stream()
          .filter(it -> path.equals(it.getJsonObject("Labels").getString("io.dockherd.app")))
          .forEach(all::add);
    }
    return all;
  }

  @Override
  public void close() {
    http.close();
  }
}

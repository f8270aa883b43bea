package io.dockherd.system;

import io.dockherd.lab.LabHerd;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Calls the Docker API of the herd without a client between: what can't be had with the CLI. */
final class DockerCaller implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LabHerd herd;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  DockerCaller(LabHerd herd) {
    this.herd = herd;
  }

  /** Sends a request to the Docker door of a host's node. */
  HttpResponse<String> post(int host, String path, JsonObject body) {
    return send(host, "POST", path, body.encode());
  }

  /**
   * The same with any method.
   *
   * @param body "" for none
   */
  HttpResponse<String> send(int host, String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + herd.dockerAddress(host) + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("host " + host + " does not answer " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A container that sleeps, with what is said of its host. */
  static JsonObject sleeper(JsonObject hostConfig) {
    return new JsonObject()
        .put("Image", "busybox")
        .put("Cmd", new JsonArray().add("sleep").add("1000"))
        .put("StopSignal", "SIGKILL")
        .put("HostConfig", hostConfig);
  }

  /** As {@code docker run -d}: creates and, if that went well, starts; the create's answer. */
  HttpResponse<String> run(int host, String query, JsonObject document) {
    HttpResponse<String> created = post(host, "/containers/create" + query, document);
    if (created.statusCode() == 201) {
      HttpResponse<String> started =
          post(host, "/containers/" + id(created) + "/start", new JsonObject());
      if (started.statusCode() != 204) {
        throw new AssertionError("not started: " + started.body());
      }
    }
    return created;
  }

  /** The id in a create's answer. */
  static String id(HttpResponse<String> created) {
    return new JsonObject(created.body()).getString("Id");
  }

  /** What is wrong, as an answer says. */
  static String message(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("message");
  }

  /** Does it so many times at once; the answers. */
  static <T> List<T> atOnce(int times, IntFunction<T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        futures.add(threads.submit(() -> work.apply(number)));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}

package io.dockherd.cli.training;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Enough of a Docker engine for a node to start beside it and to create, start and inspect one
 * container.
 */
final class TrainingEngine implements AutoCloseable {
  private static final String CONTAINER = "c0ffee".repeat(10) + "cafe";

  private static final String ENTRY =
      """
      {"Id":"%s","Names":["/trained"],"Image":"busybox","ImageID":"sha256:1","Command":"sh",
       "Created":1,"Ports":[],"Labels":{},"State":"running","Status":"Up 1 second",
       "HostConfig":{"NetworkMode":"default"},"NetworkSettings":{"Networks":{}},"Mounts":[]}"""
          .formatted(CONTAINER);

  private static final String INSPECTED =
      """
      {"Id":"%s","Created":"2026-01-01T00:00:00Z","Path":"sh","Args":[],"Name":"/trained",
       "State":{"Status":"running","Running":true,"Pid":1,"StartedAt":"2026-01-01T00:00:00Z"},
       "Image":"sha256:1","HostConfig":{"Memory":0},"Config":{"Image":"busybox","Labels":{}},
       "NetworkSettings":{"Networks":{},"Ports":{}},"Mounts":[]}"""
          .formatted(CONTAINER);

  /** Ends of paths, without the version in front, and what is answered there. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/_ping", "OK",
          "/version",
              "{\"Version\":\"20.10.24\",\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}",
          "/info",
              "{\"ID\":\"E\",\"Name\":\"train\",\"NCPU\":2,\"MemTotal\":1000000000,\"Labels\":[],"
                  + "\"ServerVersion\":\"20.10.24\",\"OperatingSystem\":\"any\","
                  + "\"Architecture\":\"x86_64\",\"Containers\":1,\"Images\":1}",
          "/containers/json", "[" + ENTRY + "]",
          "/json", INSPECTED,
          "/images/json", "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"busybox:latest\"],\"Size\":1}]",
          "/volumes", "{\"Volumes\":[],\"Warnings\":null}",
          "/networks",
              "[{\"Id\":\"n\",\"Name\":\"bridge\",\"Driver\":\"bridge\",\"Scope\":\"local\"}]",
          "/create", "{\"Id\":\"" + CONTAINER + "\",\"Warnings\":[]}");

  private final HttpServer server;

  private TrainingEngine(HttpServer server) {
    this.server = server;
  }

  /** Opens one on a unix socket. */
  static TrainingEngine open(Vertx vertx, Path socket) {
    HttpServer server = vertx.createHttpServer().requestHandler(TrainingEngine::answer);
    server.listen(SocketAddress.domainSocketAddress(socket.toString())).await();
    return new TrainingEngine(server);
  }

  private static void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader("Api-Version", "1.41").putHeader("Content-Type", "application/json");
    if (request.path().endsWith("/events")) {
      response.setChunked(true).writeHead(); // And nothing ever happens.
      return;
    }
    String path = request.path().replaceFirst("^/v[0-9.]+", "");
    String answer = ANSWERS.get(path);
    if (answer == null) {
      answer = ANSWERS.get(path.substring(path.lastIndexOf('/')));
    }
    if (answer == null) {
      response.setStatusCode(204).end();
    } else {
      response.setStatusCode(path.endsWith("/create") ? 201 : 200).end(answer);
    }
  }

  @Override
  public void close() {
    server.close().await();
  }
}

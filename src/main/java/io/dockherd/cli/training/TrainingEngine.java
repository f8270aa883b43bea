package io.dockherd.cli.training;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Enough of a Docker engine for a node to start beside it, to create, start, inspect and remove one
 * container, to read its log and to copy files.
 */
final class TrainingEngine implements AutoCloseable {
  /** As engines send what they stream. */
  private static final Buffer PIECE = Buffer.buffer(new byte[32 << 10]);

  private static final int PIECES = 64;

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
          "/images/json", "[{\"Id\":\"sha256:1\",\"RepoTags\":[\"busybox:latest\"],\"Size\":1}]",
          "/volumes", "{\"Volumes\":[],\"Warnings\":null}",
          "/networks",
              "[{\"Id\":\"n\",\"Name\":\"bridge\",\"Driver\":\"bridge\",\"Scope\":\"local\"}]");

  private final Map<String, String> answers;
  private final HttpServer server;

  private TrainingEngine(Vertx vertx, TrainingContainer container) {
    answers = new HashMap<>(ANSWERS);
    answers.put("/containers/json", "[" + container.entry() + "]");
    answers.put("/json", container.inspected());
    answers.put("/create", "{\"Id\":\"" + container.id() + "\",\"Warnings\":[]}");
    server = vertx.createHttpServer().requestHandler(this::answer);
  }

  /** Opens one on a unix socket. */
  static TrainingEngine open(Vertx vertx, TrainingContainer container, Path socket) {
    TrainingEngine engine = new TrainingEngine(vertx, container);
    engine.server.listen(SocketAddress.domainSocketAddress(socket.toString())).await();
    return engine;
  }

  private void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    String path = request.path().replaceFirst("^/v[0-9.]+", "");
    String last = path.substring(path.lastIndexOf('/'));
    response.putHeader("Api-Version", "1.41").putHeader("Content-Type", "application/json");
    switch (last) {
      case "/events" -> response.setChunked(true).writeHead(); // And nothing ever happens.
      case "/archive", "/logs" -> {
        if (request.method() == HttpMethod.PUT) {
          request.endHandler(end -> response.end());
        } else {
          stream(response.setChunked(true), PIECES);
        }
      }
      default -> {
        String answer = answers.getOrDefault(path, answers.get(last));
        if (answer == null) {
          response.setStatusCode(204).end();
        } else {
          response.setStatusCode(last.equals("/create") ? 201 : 200).end(answer);
        }
      }
    }
  }

  private static void stream(HttpServerResponse response, int pieces) {
    if (pieces == 0) {
      response.end();
    } else {
      response.write(PIECE).onSuccess(written -> stream(response, pieces - 1));
    }
  }

  @Override
  public void close() {
    server.close().await();
  }
}

package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Messages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks an engine for something that it tells the progress of. */
final class EngineWords {
  /** An engine may be silent for long; whether it is still there is looked after elsewhere. */
  static final Duration LIMIT = Duration.ofHours(6);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int LONGEST_PROBLEM = 64 << 10;

  private EngineWords() {}

  /**
   * Returns when it has come to a good end.
   *
   * @param told is given all but errors
   * @throws DockerError what the engine said went wrong, at once or in the end
   * @throws io.dockherd.failure.Failure when it broke off
   */
  static void follow(Host host, EngineRequest request, Consumer<JsonObject> told) {
    try (EngineStream stream = host.stream(request)) {
      Messages messages = new Messages(stream.body(), host.node());
      if (stream.status() >= 300) {
        Buffer said = Buffer.buffer(messages.text(LONGEST_PROBLEM, SOON));
        throw new DockerError(
            stream.status(), new EngineResponse(stream.status(), List.of(), said).message());
      }
      Optional<JsonObject> message = messages.next(LIMIT);
      while (message.isPresent()) {
        Object error = message.get().getValue("error");
        if (error != null) {
          throw new DockerError(500, error.toString());
        }
        told.accept(message.get());
        message = messages.next(LIMIT);
      }
    }
  }

  /** The same query without a parameter that is ours. */
  static EngineRequest without(EngineRequest request, String... parameters) {
    java.util.Map<String, List<String>> query = new java.util.LinkedHashMap<>(request.query());
    query.keySet().removeAll(List.of(parameters));
    return new EngineRequest(
        request.method(),
        request.path(),
        query,
        request.headers(),
        request.body(),
        request.limit());
  }
}

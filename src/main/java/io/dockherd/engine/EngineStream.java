package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import java.util.List;

/**
 * An answer whose body is still coming. The body is paused until somebody reads it.
 *
 * @param status the HTTP status
 * @param headers as in {@link EngineResponse}
 * @param body the entity; back-pressure reaches the engine
 * @param cancel ends the request and closes its connection; harmless after the end
 */
public record EngineStream(
    int status, List<EngineResponse.Header> headers, ReadStream<Buffer> body, Runnable cancel)
    implements AutoCloseable {
  public EngineStream {
    headers = List.copyOf(headers);
  }

  /** An answer that is there already, given as one that comes. */
  public static EngineStream of(EngineResponse response) {
    return new EngineStream(
        response.status(), response.headers(), new WholeStream(response.body()), () -> {});
  }

  /**
   * Puts its status and headers on an answer of ours, but for those of the engine's connection.
   *
   * @return whether they say how long the body is
   */
  public boolean headTo(HttpServerResponse response) {
    response.setStatusCode(status);
    boolean hasLength = false;
    for (EngineResponse.Header header : headers) {
      if (!HopByHopHeaders.include(header.name())) {
        response.headers().add(header.name(), header.value());
        hasLength |= header.name().equalsIgnoreCase("Content-Length");
      }
    }
    return hasLength;
  }

  @Override
  public void close() {
    cancel.run();
  }
}

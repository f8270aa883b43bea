package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request and its answer, on a connection that is its own until it is over. All but the
 * constructor runs on its context, one event loop.
 */
final class Exchange {
  private final Lane lane;
  private final Dialer dialer;
  private final RequestOptions options;
  private final EngineRequest request;
  private final Optional<Conduit> upload;
  private final Optional<Line> used;
  private final Context context;

  /** Whether the lane counts us among those that make a connection. */
  private boolean mayDial;

  private Line line;
  private Future<Void> sent;
  private boolean isOver;

  /**
   * An exchange of somebody who has a place in the lane, which is given up when it is over.
   *
   * @param options everything of the request but its body
   */
  Exchange(
      Vertx vertx,
      Lane lane,
      Lane.Place place,
      Dialer dialer,
      RequestOptions options,
      EngineRequest request) {
    this.lane = lane;
    this.dialer = dialer;
    this.options = options;
    this.request = request;
    // Holds the source back from here on: what it says before there is a connection would be lost.
    this.upload =
        request.body() instanceof EngineRequest.Body.Stream(String type, var source)
            ? Optional.of(new Conduit(source))
            : Optional.empty();
    this.used = place.line();
    this.mayDial = used.isEmpty();
    this.context = used.map(free -> free.context).orElseGet(() -> HomeLoop.contextOr(vertx));
  }

  /** Where all of it has to be done. */
  Context context() {
    return context;
  }

  /**
   * Sends the request and brings the answer. Whoever reads the body must say so, or pause it, in
   * the very call that brings the answer: what comes before is lost. And must say {@link #finish}
   * or {@link #abandon} in the end, also when this fails.
   */
  Future<HttpClientResponse> open() {
    if (used.isEmpty()) {
      return dialAndSend();
    }
    return send(used.get())
        .recover(
            failure ->
                isRepeatable() && isClosedLine(failure)
                    ? dialAndSend()
                    : Future.failedFuture(failure));
  }

  private Future<HttpClientResponse> dialAndSend() {
    used.ifPresent(Line::close);
    return dialer.line(context).onComplete(dialled -> endDialling()).compose(this::send);
  }

  private void endDialling() {
    if (mayDial) {
      mayDial = false;
      lane.dialled();
    }
  }

  private Future<HttpClientResponse> send(Line chosen) {
    if (isOver) {
      chosen.close();
      return Future.failedFuture("cancelled");
    }
    line = chosen;
    return chosen
        .connection
        .request(options)
        .compose(this::write)
        .recover(failure -> Future.failedFuture(chosen.trouble().orElse(failure)));
  }

  private Future<HttpClientResponse> write(HttpClientRequest ready) {
    sent =
        switch (request.body()) {
          case EngineRequest.Body.Empty() -> ready.end();
          case EngineRequest.Body.Bytes(String type, Buffer bytes) -> ready.end(bytes);
          case EngineRequest.Body.Stream(String type, var source) -> {
            ready.setChunked(!request.headers().containsKey("Content-Length"));
            // Half a body that ends well would be taken for a whole one.
            yield upload.orElseThrow().to(ready).onFailure(cut -> ready.reset());
          }
        };
    return ready.response();
  }

  /** The answer is read to its end: the connection is free for others. */
  void finish(HttpClientResponse response) {
    if (isOver) {
      return;
    }
    isOver = true;
    boolean isReusable =
        sent.succeeded() && !"close".equalsIgnoreCase(response.getHeader("Connection"));
    if (isReusable) {
      lane.giveBack(line);
    } else {
      // Answered before all was sent, or the engine closes it in a moment.
      line.close();
    }
    lane.leave();
  }

  /** Ends it whatever its state, and its connection with it. Harmless when it is over. */
  void abandon() {
    if (isOver) {
      return;
    }
    isOver = true;
    endDialling();
    used.ifPresent(Line::close);
    if (line != null) {
      line.close();
    } else {
      upload.ifPresent(Conduit::close);
    }
    lane.leave();
  }

  /** Doing it twice is doing it once. */
  private boolean isRepeatable() {
    return !isOver
        && upload.isEmpty()
        && (request.method().equals("GET") || request.method().equals("HEAD"));
  }

  /**
   * Whether the connection ended before any answer. That is how a used connection looks whose
   * engine was restarted; on a new one it is what it seems.
   */
  private static boolean isClosedLine(Throwable failure) {
    return failure instanceof HttpClosedException || failure instanceof IOException;
  }

  /** The headers of an answer in their order. */
  static List<EngineResponse.Header> headers(HttpClientResponse response) {
    List<EngineResponse.Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : response.headers()) {
      headers.add(new EngineResponse.Header(header.getKey(), header.getValue()));
    }
    return headers;
  }
}

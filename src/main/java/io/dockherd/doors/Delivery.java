package io.dockherd.doors;

import io.dockherd.engine.Conduit;
import io.dockherd.engine.DuplexStream;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import io.dockherd.engine.HopByHopHeaders;
import io.dockherd.engine.Splice;
import io.dockherd.engine.UpgradableConnection;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings a {@link Reply} to the caller. On the request's event loop. */
final class Delivery {
  private static final Log LOG = Log.of(Delivery.class);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final String id;
  private final Visit visit;

  Delivery(Vertx vertx, HttpServerRequest request, String id, Visit visit) {
    this.vertx = vertx;
    this.request = request;
    this.id = id;
    this.visit = visit;
  }

  void bring(Reply reply) {
    switch (reply) {
      case Reply.Whole(Answer answer) -> visit.answer(answer).onComplete(done -> visit.drain());
      case Reply.Streamed(EngineStream stream) -> stream(stream);
      case Reply.Joined(Hijack.Open open) -> join(open);
    }
  }

  private void stream(EngineStream stream) {
    HttpServerResponse response = request.response();
    if (!visit.claim()) {
      stream.close();
      return;
    }
    if (response.closed()) {
      stream.close();
      visit.finish();
      return;
    }
    boolean isBodied = writeHead(stream, response);
    // A caller who goes ends the engine's work; harmless when that has come to its end already.
    response.exceptionHandler(broken -> stream.close());
    response.closeHandler(
        closed -> {
          visit.gone();
          stream.close();
        });
    if (isBodied) {
      // At once: its reader may wait for it long before the first byte follows (wait, logs).
      response.writeHead();
    }
    new Conduit(stream.body())
        .to(response)
        .onComplete(
            through -> {
              visit.finish();
              visit.drain();
            })
        .onFailure(broken -> breakOff(stream, broken));
  }

  /** Whether a body follows. */
  private boolean writeHead(EngineStream stream, HttpServerResponse response) {
    boolean hasLength = stream.headTo(response);
    response.putHeader(RequestIds.HEADER, id);
    boolean isBodied =
        stream.status() != 204 && stream.status() != 304 && request.method() != HttpMethod.HEAD;
    response.setChunked(isBodied && !hasLength);
    return isBodied;
  }

  private void join(Hijack.Open open) {
    Optional<UpgradableConnection> connection = UpgradableConnection.of(request);
    if (!visit.claim()) {
      open.close();
      return;
    }
    if (connection.isEmpty()) {
      // The caller has gone, or still sends a body nobody reads.
      open.close();
      visit.finish();
      request.connection().close();
      return;
    }
    String protocol = request.getHeader(HttpHeaders.UPGRADE);
    DuplexStream caller =
        protocol == null
            ? connection.get().upgrade(200, joinedHead(open))
            : connection.get().upgrade(101, upgradedHead(open, protocol));
    Splice.join(vertx, caller, open.stream()).onComplete(over -> visit.finish());
  }

  private List<Header> upgradedHead(Hijack.Open open, String protocol) {
    List<Header> headers = joinedHead(open);
    headers.add(new Header("Connection", "Upgrade"));
    headers.add(new Header("Upgrade", protocol));
    return headers;
  }

  private List<Header> joinedHead(Hijack.Open open) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(RequestIds.HEADER, id));
    open.headers().stream()
        .filter(header -> !HopByHopHeaders.include(header.name()))
        .forEach(headers::add);
    return headers;
  }

  /** Never ended well: the caller would take what came for everything. */
  private void breakOff(EngineStream stream, Throwable cause) {
    LOG.debug("answer broken off", "request", id, "path", request.path(), "reason", cause);
    stream.close();
    request.connection().close();
  }
}

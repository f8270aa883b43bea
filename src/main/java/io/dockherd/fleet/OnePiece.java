package io.dockherd.fleet;

import io.dockherd.engine.Conduit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;

/**
 * Brings a body in one piece with its head and length when it is short. Engines send most answers
 * chunked; passed on as they come, head, chunk and end would each wake the other side.
 */
final class OnePiece {
  /** What is longer is passed on as it comes, with back-pressure. */
  private static final int SHORT_BYTES = 64 << 10;

  private final ReadStream<Buffer> body;
  private final HttpServerResponse response;
  private final Promise<Void> brought = Promise.promise();
  private final Buffer gathered = Buffer.buffer();

  private OnePiece(ReadStream<Buffer> body, HttpServerResponse response) {
    this.body = body;
    this.response = response;
  }

  /**
   * Brings it, for somebody who waits for its end anyway.
   *
   * @param body paused; on the response's event loop
   * @param response its head set, but for the length
   * @return told when all of it is handed over; when it breaks the response is left open
   */
  static Future<Void> bring(ReadStream<Buffer> body, HttpServerResponse response) {
    OnePiece piece = new OnePiece(body, response);
    body.handler(piece::gather);
    body.endHandler(end -> response.end(piece.gathered).onComplete(piece.brought));
    body.exceptionHandler(piece.brought::tryFail);
    body.resume();
    return piece.brought.future();
  }

  private void gather(Buffer part) {
    gathered.appendBuffer(part);
    if (gathered.length() > SHORT_BYTES) {
      body.pause();
      response.setChunked(true);
      response.write(gathered);
      new Conduit(body).to(response).onComplete(brought);
    }
  }
}

package io.dockherd.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Collects the body of an answer, up to a limit. */
final class WholeBody {
  /** The body is larger than the limit. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(long limitBytes) {
      super("the answer is larger than " + limitBytes + " bytes", null, false, false);
    }
  }

  private final HttpClientResponse response;
  private final int limitBytes;
  private final Exchange exchange;
  private final Promise<EngineResponse> whole = Promise.promise();
  private Buffer body = Buffer.buffer(0);

  private WholeBody(HttpClientResponse response, int limitBytes, Exchange exchange) {
    this.exchange = exchange;
    this.response = response;
    this.limitBytes = limitBytes;
  }

  /** The answer with its body, which finishes the exchange; {@link TooLarge} abandons it. */
  static Future<EngineResponse> of(HttpClientResponse response, int limitBytes, Exchange exchange) {
    return new WholeBody(response, limitBytes, exchange).collect();
  }

  private Future<EngineResponse> collect() {
    response.handler(this::append);
    response.exceptionHandler(whole::tryFail);
    response.endHandler(v -> end());
    return whole.future();
  }

  private void end() {
    exchange.finish(response);
    whole.tryComplete(new EngineResponse(response.statusCode(), Exchange.headers(response), body));
  }

  private void append(Buffer chunk) {
    if (whole.future().isComplete()) {
      return;
    }
    if (body.length() + (long) chunk.length() > limitBytes) {
      whole.fail(new TooLarge(limitBytes));
      exchange.abandon();
    } else if (body.length() == 0) {
      // Most answers come in one piece: no copy for them.
      body = chunk;
    } else {
      body = body.appendBuffer(chunk);
    }
  }
}

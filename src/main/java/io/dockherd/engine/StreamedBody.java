package io.dockherd.engine;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;

/** The body of an answer in the hands of its reader, who ends the exchange by reading it all. */
final class StreamedBody implements ReadStream<Buffer> {
  private final HttpClientResponse response;
  private final Exchange exchange;
  private Handler<Buffer> handler;
  private Handler<Void> endHandler;
  private Handler<Throwable> exceptionHandler;

  /** Kept for a reader who has not come yet. */
  private Optional<Throwable> failure = Optional.empty();

  /** The body, paused. */
  StreamedBody(HttpClientResponse response, Exchange exchange) {
    this.response = response;
    this.exchange = exchange;
    response.pause();
    // All set here and now: once it has ended, Vert.x takes no handler any more.
    response.handler(this::read);
    response.endHandler(v -> end());
    response.exceptionHandler(this::fail);
  }

  private void read(Buffer bytes) {
    Handler<Buffer> told;
    synchronized (this) {
      told = handler;
    }
    if (told != null) {
      told.handle(bytes);
    }
  }

  private void end() {
    exchange.finish(response);
    Handler<Void> told;
    synchronized (this) {
      told = endHandler;
    }
    if (told != null) {
      told.handle(null);
    }
  }

  private void fail(Throwable cause) {
    exchange.abandon();
    Handler<Throwable> told;
    synchronized (this) {
      failure = Optional.of(cause);
      told = exceptionHandler;
    }
    if (told != null) {
      told.handle(cause);
    }
  }

  @Override
  public synchronized ReadStream<Buffer> handler(Handler<Buffer> handler) {
    this.handler = handler;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> endHandler(Handler<Void> handler) {
    endHandler = handler;
    return this;
  }

  @Override
  public synchronized ReadStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    exceptionHandler = handler;
    if (handler != null) {
      failure.ifPresent(cause -> exchange.context().runOnContext(v -> handler.handle(cause)));
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    response.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    response.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    response.fetch(amount);
    return this;
  }
}

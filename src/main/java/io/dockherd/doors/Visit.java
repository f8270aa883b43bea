package io.dockherd.doors;

import io.dockherd.telemetry.Log;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One request on its way through the door: answered exactly once, then everything is given back.
 */
final class Visit {
  private static final Log LOG = Log.of(Visit.class);

  /**
   * How long the rest of an unwanted request is read, so that its sender gets to see the answer.
   */
  private static final long LINGER_MILLIS = 2_000;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final String id;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final List<Thread> waiting = new ArrayList<>();
  private final Promise<Void> whenGone = Promise.promise();
  private boolean isOver;
  private boolean isGone;

  Visit(Vertx vertx, HttpServerRequest request, String id, Runnable ending) {
    this.vertx = vertx;
    this.request = request;
    this.id = id;
    this.endings.push(ending);
  }

  /** Does that too when the visit ends; at once when it has. On any thread. */
  void onEnd(Runnable ending) {
    synchronized (this) {
      if (!isOver) {
        endings.push(ending);
        return;
      }
    }
    ending.run();
  }

  /** Answers, unless it has been already. On any thread. */
  Future<Void> answer(Answer answer) {
    if (!answered.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    end();
    return send(answer);
  }

  /**
   * Answers in the dialect's words and closes the connection: what else it sends is not wanted. On
   * the event loop.
   */
  void turnAway(Dialect dialect, Turned turned) {
    if (answered.compareAndSet(false, true)) {
      end();
      LOG.debug(
          "call turned away",
          "request",
          id,
          "from",
          request.remoteAddress(),
          "status",
          turned.status(),
          "reason",
          turned.getMessage());
      send(dialect.failed(id, turned).header("Connection", "close"))
          .onComplete(sent -> closeSoon());
    }
  }

  /**
   * Whether it is for the caller of this to bring the answer; who gets that says {@link #finish} in
   * the end.
   */
  boolean claim() {
    return answered.compareAndSet(false, true);
  }

  /** A claimed answer is through, or will never be. */
  void finish() {
    end();
  }

  /** Ends without an answer: the caller has gone. */
  void abandon() {
    if (answered.compareAndSet(false, true)) {
      end();
    }
  }

  /** The connection is gone: whoever waits for the caller's sake stops. On any thread. */
  void gone() {
    synchronized (this) {
      isGone = true;
      waiting.forEach(Thread::interrupt);
    }
    whenGone.tryComplete();
  }

  /** Completes when the connection is gone. */
  Future<Void> whenGone() {
    return whenGone.future();
  }

  /** Waits for something as long as the caller does; interrupts it when he goes. */
  <T> T whileThere(Supplier<T> wait) {
    Thread self = Thread.currentThread();
    synchronized (this) {
      if (isGone) {
        throw new OpenCall.CallerGone();
      }
      waiting.add(self);
    }
    try {
      return wait.get();
    } finally {
      synchronized (this) {
        waiting.remove(self);
        if (isGone) {
          // Meant for the wait only: what follows is to tidy up in peace.
          Thread.interrupted();
        }
      }
    }
  }

  /** Whether it has been answered or abandoned. */
  boolean isOver() {
    return answered.get();
  }

  /** Closing with unread bytes at hand would reset the connection and take the answer with it. */
  private void closeSoon() {
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    dropRest(() -> request.connection().close());
  }

  /**
   * Reads what is left of a body nobody took: it would stand in the next request's way. Closes the
   * connection when that takes too long. On the event loop.
   */
  void drain() {
    if (!request.isEnded()) {
      dropRest(() -> {});
    }
  }

  private void dropRest(Runnable afterwards) {
    long timer = vertx.setTimer(LINGER_MILLIS, late -> request.connection().close());
    request.handler(unwanted -> {});
    request.exceptionHandler(broken -> vertx.cancelTimer(timer));
    request.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          afterwards.run();
        });
    request.resume();
  }

  private void end() {
    List<Runnable> due;
    synchronized (this) {
      isOver = true;
      due = List.copyOf(endings);
      endings.clear();
    }
    due.forEach(Runnable::run);
  }

  private Future<Void> send(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(answer.status()).putHeader(RequestIds.HEADER, id);
    if (!answer.contentType().isEmpty()) {
      response.putHeader("Content-Type", answer.contentType());
    }
    answer.headers().forEach(response::putHeader);
    if (request.method() == HttpMethod.HEAD) {
      if (!answer.headers().containsKey("Content-Length")) {
        response.putHeader("Content-Length", String.valueOf(answer.body().length()));
      }
      return response.end().onFailure(this::lost);
    }
    return response.end(answer.body()).onFailure(this::lost);
  }

  private void lost(Throwable cause) {
    LOG.debug("answer not taken", "request", id, "reason", cause.toString());
  }
}

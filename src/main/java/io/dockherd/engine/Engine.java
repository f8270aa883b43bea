package io.dockherd.engine;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;

/**
 * One Docker Engine, wherever it is. Methods wait, so call them on a virtual thread; those that
 * give a {@link Future} do not, and are for event loops.
 *
 * <p>Whatever the engine answers is an answer, also 404 and 500; only what is not an answer is
 * thrown: {@link Unreachable} (no connection, or it broke), {@link TimedOut} (the request's limit
 * passed), {@link Invalid} (a request that can't be sent).
 */
public interface Engine extends AutoCloseable {
  /** Where it is, as people write it: {@code unix:///var/run/docker.sock}. */
  EngineAddress address();

  /**
   * The API version spoken with this engine: the newest both sides know, found at the first call
   * and again after the engine was away.
   */
  ApiVersion apiVersion();

  /** Sends a request and waits for the whole answer. For bodies that fit in memory. */
  EngineResponse call(EngineRequest request);

  /**
   * As {@link #call}, for callers on an event loop. When there is nothing to be waited for but the
   * engine, all of it happens on that event loop, without another thread. The future fails with
   * what {@code call} throws. A body that streams must be paused.
   *
   * @param unwanted completes when nobody waits for the answer any more; the call ends then
   */
  default Future<EngineResponse> ask(EngineRequest request, Future<?> unwanted) {
    return Handover.of(() -> call(request), unwanted);
  }

  /** The same for somebody who waits to the end. */
  default Future<EngineResponse> ask(EngineRequest request) {
    return ask(request, Promise.promise().future());
  }

  /**
   * Sends a request and returns when the head of the answer is there; its body streams with
   * back-pressure. The request's limit counts to the head.
   */
  EngineStream stream(EngineRequest request);

  /** As {@link #stream}, for callers on an event loop, in the way of {@link #ask}. */
  default Future<EngineStream> open(EngineRequest request) {
    return Handover.of(() -> stream(request));
  }

  /**
   * Sends a request that turns the connection into a raw two-way stream (attach, exec start). The
   * request's limit counts to the head. An answer that is not 101 (or the old 200 with a raw
   * stream) is returned as {@link Hijack.Declined}.
   */
  Hijack hijack(EngineRequest request);

  /**
   * Follows the engine's events from {@code since} on until closed; reconnects by itself, asking
   * each time for what came since the last event seen, so that nothing is lost nor told twice.
   */
  EventFeed follow(Instant since, EngineEventListener listener);

  /** Lets go of all connections; calls under way fail as {@link Unreachable}. */
  @Override
  void close();
}

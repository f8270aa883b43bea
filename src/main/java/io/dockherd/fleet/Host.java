package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Handover;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * One node's engine, this node's own or, over the relay, another's. Methods wait, so call them on a
 * virtual thread; those that give a {@link Future} do not, and are for event loops.
 */
public interface Host {
  /** The node's name. */
  String node();

  /** Whether it is this node's own. */
  boolean isLocal();

  /**
   * Sends a request to the engine. When it changed something, it returns only after the changed
   * facts are on every present member (or a short limit has passed): whoever has the answer sees
   * its effect on any node.
   *
   * @throws Unreachable when the node or its engine does not answer
   * @throws TimedOut when the request's limit passes
   */
  EngineResponse call(EngineRequest request);

  /** As {@link #call}, for bodies that stream; the limit counts to the head. */
  EngineStream stream(EngineRequest request);

  /**
   * Asks for a raw two-way stream (attach, exec start); the limit counts to the head. What the
   * engine answers instead comes as {@link Hijack.Declined}. The stream ends when its node goes.
   *
   * @throws Unreachable when the node or its engine does not answer
   * @throws TimedOut when the request's limit passes
   */
  Hijack hijack(EngineRequest request);

  /**
   * As {@link #call}, for callers on an event loop. A read that has nothing to wait for but the
   * engine stays on that event loop all the way. A body that streams must be paused.
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

  /** As {@link #stream}, for callers on an event loop, in the way of {@link #ask}. */
  default Future<EngineStream> open(EngineRequest request) {
    return Handover.of(() -> stream(request));
  }
}

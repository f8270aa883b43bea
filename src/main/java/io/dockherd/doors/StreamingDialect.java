package io.dockherd.doors;

import io.vertx.core.Future;
import java.util.Optional;

/** A dialect whose requests and answers may be of any length: it gets each with its body ahead. */
public non-sealed interface StreamingDialect extends Dialect {
  /**
   * Answers a call. Runs on a virtual thread of its own and may wait; keeps its time limits itself.
   * Whatever of the body it does not take is dropped. What it throws goes to {@link #failed}.
   */
  Reply answer(OpenCall call);

  /**
   * Whether such a call may be answered with {@link Reply.Joined}. When it is answered otherwise
   * the connection is closed after it. Decided on the event loop: must not wait.
   *
   * @param path without the query, as it was sent
   */
  default boolean mayUpgrade(String method, String path) {
    return false;
  }

  /**
   * Answers a call that needs no waiting but for bytes, on the event loop: must not wait nor take
   * long, nor touch the body. Empty when it needs more; then it goes to {@link #answer}.
   */
  default Optional<Future<Reply>> atOnce(OpenCall call) {
    return Optional.empty();
  }
}

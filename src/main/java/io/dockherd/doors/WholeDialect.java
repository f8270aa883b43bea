package io.dockherd.doors;

import io.vertx.core.Future;
import java.util.Optional;

/** A dialect of short questions and short answers: it gets each request whole. */
public non-sealed interface WholeDialect extends Dialect {
  /**
   * Answers a call. Runs on a virtual thread of its own and may wait; keeps its time limits itself.
   * What it throws goes to {@link #failed}.
   */
  Answer answer(Call call);

  /**
   * Answers a call that needs no waiting but for bytes, on the event loop: must not wait nor take
   * long. Empty when it needs more; then it goes to {@link #answer}.
   */
  default Optional<Future<Answer>> atOnce(Call call) {
    return Optional.empty();
  }
}

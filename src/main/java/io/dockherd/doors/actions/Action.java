package io.dockherd.doors.actions;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that can be asked of the herd. */
public interface Action {
  /** What it is called: the canonical name first, then others that mean the same. */
  List<String> names();

  /** What the gate is asked, as {@code container.stop}. */
  String verb();

  /** Whether it changes anything. */
  boolean changes();

  /** Its own fields, besides the {@link CommonFields}. */
  List<Field<?>> fields();

  /** How long it may take, unless the request or the settings say otherwise. */
  Duration limit(ActionRequest request, ActionSettings settings);

  /**
   * Does it. Runs on a virtual thread; what it throws is answered by {@link ActionErrors}.
   *
   * @throws io.dockherd.failure.Failure when it can't be done
   */
  Reply perform(ActionRequest request);

  /** What it is done to, as the gate and the log of changes have it; "" for the herd as a whole. */
  default String subject(ActionRequest request) {
    return request
        .get(CommonFields.ID)
        .or(() -> request.get(CommonFields.NODE))
        .orElseGet(() -> request.arrival() instanceof Arrival.AtContainer(String id) ? id : "");
  }

  /**
   * Begins to do it when that needs nothing but facts and one engine's answer: on an event loop, so
   * it must not wait. Empty when it needs more, or changes anything; then {@link #perform} does it.
   */
  default Optional<Future<Reply>> atOnce(ActionRequest request) {
    return Optional.empty();
  }

  /** The canonical name. */
  default String name() {
    return names().getFirst();
  }
}

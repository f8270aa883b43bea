package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * What the node does when a container of a pod ends, before the pod counts as failed.
 *
 * <pre>{"when":"on-failure","attempts":3,"delayMillis":5000,"windowMillis":0}</pre>
 *
 * @param attempts restarts in a row that may fail; 0: without end
 * @param delay before the first restart in a row; each further one waits twice as long, up to a
 *     minute
 * @param window how long it has to run to count as well again; zero: ten seconds
 */
public record Restart(When when, int attempts, Duration delay, Duration window) {
  /** One that is left to the pod's policy at once. */
  public static final Restart NEVER = new Restart(When.NEVER, 0, Duration.ZERO, Duration.ZERO);

  /** When a container is started again in place. */
  public enum When {
    /** Never: whatever ends is the pod's matter. */
    NEVER,
    /** When it ended with another code than 0, or ran out of memory. */
    ON_FAILURE,
    /** However it ended. */
    ALWAYS
  }

  public Restart {
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(window, "window");
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts must not be negative: " + attempts);
    }
  }

  static Restart of(JsonObject json) {
    return new Restart(
        JsonReading.choice(json, "when", When.class, When.NEVER),
        json.getInteger("attempts", 0),
        JsonReading.millis(json, "delayMillis", Duration.ZERO),
        JsonReading.millis(json, "windowMillis", Duration.ZERO));
  }

  JsonObject json() {
    return new JsonObject()
        .put("when", JsonReading.word(when))
        .put("attempts", attempts)
        .put("delayMillis", delay.toMillis())
        .put("windowMillis", window.toMillis());
  }
}

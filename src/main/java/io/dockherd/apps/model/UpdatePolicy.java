package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * How a change of an app's configuration reaches its instances.
 *
 * <pre>
 * {"parallelism":1,"order":"start-first","minimumHealthy":1.0,"maximumOver":1.0,"delayMillis":0,
 *  "monitorMillis":5000,"deadlineMillis":0,"maxFailureRatio":0.0,"onFailure":"pause"}</pre>
 *
 * @param parallelism how many at once; 0: as many as the other numbers allow
 * @param minimumHealthy the part of the wished instances that stay healthy all the while; 0 to 1
 * @param maximumOver how many there may be over the wished ones, as a part of them; 0 to 1. Where
 *     this and {@code minimumHealthy} leave no room to move, one more is started
 * @param delay from one batch to the next
 * @param monitor how long a new instance has to be well to count as well
 * @param deadline after which a rollout that is not through has failed; zero: never
 * @param maxFailureRatio which part of the new instances may fail before the rollout has failed
 */
public record UpdatePolicy(
    int parallelism,
    Order order,
    double minimumHealthy,
    double maximumOver,
    Duration delay,
    Duration monitor,
    Duration deadline,
    double maxFailureRatio,
    OnFailure onFailure) {
  /** What comes first. */
  public enum Order {
    /** The new instance is well before an old one goes. */
    START_FIRST,
    /** An old one has gone before the new one starts, as far as {@code minimumHealthy} allows. */
    STOP_FIRST
  }

  /** What becomes of a rollout that has failed. */
  public enum OnFailure {
    /** It stays as it is until somebody decides. */
    PAUSE,
    /** Back to the last revision that was through. */
    ROLLBACK,
    /** It goes on trying. */
    CONTINUE
  }

  /** One by one, the new first, never fewer than wished; paused when new ones fail. */
  public static final UpdatePolicy DEFAULT =
      new UpdatePolicy(
          1,
          Order.START_FIRST,
          1,
          1,
          Duration.ZERO,
          Duration.ofSeconds(5),
          Duration.ZERO,
          0,
          OnFailure.PAUSE);

  public UpdatePolicy {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(monitor, "monitor");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(onFailure, "onFailure");
    requirePart(minimumHealthy, "minimumHealthy");
    requirePart(maximumOver, "maximumOver");
    requirePart(maxFailureRatio, "maxFailureRatio");
    if (parallelism < 0) {
      throw new IllegalArgumentException("parallelism must not be negative: " + parallelism);
    }
  }

  private static void requirePart(double part, String name) {
    if (!(part >= 0 && part <= 1)) {
      throw new IllegalArgumentException(name + " is a part, from 0 to 1: " + part);
    }
  }

  static UpdatePolicy of(JsonObject json) {
    return new UpdatePolicy(
        json.getInteger("parallelism", DEFAULT.parallelism),
        JsonReading.choice(json, "order", Order.class, DEFAULT.order),
        json.getDouble("minimumHealthy", DEFAULT.minimumHealthy),
        json.getDouble("maximumOver", DEFAULT.maximumOver),
        JsonReading.millis(json, "delayMillis", DEFAULT.delay),
        JsonReading.millis(json, "monitorMillis", DEFAULT.monitor),
        JsonReading.millis(json, "deadlineMillis", DEFAULT.deadline),
        json.getDouble("maxFailureRatio", DEFAULT.maxFailureRatio),
        JsonReading.choice(json, "onFailure", OnFailure.class, DEFAULT.onFailure));
  }

  JsonObject json() {
    return new JsonObject()
        .put("parallelism", parallelism)
        .put("order", JsonReading.word(order))
        .put("minimumHealthy", minimumHealthy)
        .put("maximumOver", maximumOver)
        .put("delayMillis", delay.toMillis())
        .put("monitorMillis", monitor.toMillis())
        .put("deadlineMillis", deadline.toMillis())
        .put("maxFailureRatio", maxFailureRatio)
        .put("onFailure", JsonReading.word(onFailure));
  }
}

package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * How long the next instance waits after one has failed: the first time {@code first}, then {@code
 * factor} times as long each time, {@code longest} at most; from the beginning again when none has
 * failed for {@code longest}, and for another configuration.
 *
 * <pre>{"firstMillis":1000,"factor":1.15,"longestMillis":300000}</pre>
 */
public record Backoff(Duration first, double factor, Duration longest) {
  /** Marathon's. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), 1.15, Duration.ofMinutes(5));

  public Backoff {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (!(factor >= 1 && Double.isFinite(factor)) || first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException("a backoff grows");
    }
  }

  /** The wait after so many failures in a row; zero after none. */
  public Duration after(int failures) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    double millis = first.toMillis() * Math.pow(factor, failures - 1.0);
    return Duration.ofMillis((long) Math.min(millis, longest.toMillis()));
  }

  static Backoff of(JsonObject json) {
    return new Backoff(
        JsonReading.millis(json, "firstMillis", DEFAULT.first),
        json.getDouble("factor", DEFAULT.factor),
        JsonReading.millis(json, "longestMillis", DEFAULT.longest));
  }

  JsonObject json() {
    return new JsonObject()
        .put("firstMillis", first.toMillis())
        .put("factor", factor)
        .put("longestMillis", longest.toMillis());
  }
}

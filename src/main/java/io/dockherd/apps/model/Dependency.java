package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * That something needs something else first: a container another of its pod, an app another app.
 *
 * <pre>{"condition":"healthy","restart":true,"required":true}</pre>
 *
 * @param isRestartedWith whether it is restarted when what it needs is restarted or replaced
 * @param isRequired whether it can't do without; one that is not is not waited for where it is
 *     missing
 */
public record Dependency(Condition condition, boolean isRestartedWith, boolean isRequired) {
  /** What has to be so first. */
  public enum Condition {
    /** It runs. */
    STARTED,
    /** It runs and its health checks say that all is well. */
    HEALTHY,
    /** It has ended with 0. */
    COMPLETED
  }

  public Dependency {
    Objects.requireNonNull(condition, "condition");
  }

  static Dependency of(JsonObject json) {
    return new Dependency(
        JsonReading.choice(json, "condition", Condition.class, Condition.STARTED),
        json.getBoolean("restart", false),
        json.getBoolean("required", true));
  }

  JsonObject json() {
    return new JsonObject()
        .put("condition", JsonReading.word(condition))
        .put("restart", isRestartedWith)
        .put("required", isRequired);
  }
}

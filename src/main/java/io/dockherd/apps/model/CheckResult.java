package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;

/**
 * What a health check has said of an instance so far.
 *
 * <pre>
 * {"alive":true,"consecutiveFailures":0,"firstSuccessMillis":…,"lastSuccessMillis":…,"lastFailureMillis":0,
 *  "lastFailureCause":""}</pre>
 *
 * @param isAlive what it said last; false before the first answer
 * @param lastFailureCause of at most 1,000 characters
 * @param firstSuccessMillis since 1970 by the node's clock; 0 for never, as in the others
 */
public record CheckResult(
    boolean isAlive,
    int consecutiveFailures,
    long firstSuccessMillis,
    long lastSuccessMillis,
    long lastFailureMillis,
    String lastFailureCause) {
  /** Nothing yet. */
  public static final CheckResult NONE = new CheckResult(false, 0, 0, 0, 0, "");

  public CheckResult {
    lastFailureCause = JsonReading.cut(lastFailureCause);
  }

  static CheckResult of(JsonObject json) {
    return new CheckResult(
        json.getBoolean("alive", false),
        json.getInteger("consecutiveFailures", 0),
        json.getLong("firstSuccessMillis", 0L),
        json.getLong("lastSuccessMillis", 0L),
        json.getLong("lastFailureMillis", 0L),
        json.getString("lastFailureCause", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("alive", isAlive)
        .put("consecutiveFailures", consecutiveFailures)
        .put("firstSuccessMillis", firstSuccessMillis)
        .put("lastSuccessMillis", lastSuccessMillis)
        .put("lastFailureMillis", lastFailureMillis)
        .put("lastFailureCause", lastFailureCause);
  }
}

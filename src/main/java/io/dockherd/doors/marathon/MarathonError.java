package io.dockherd.doors.marathon;

import io.dockherd.apps.model.AppPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** An answer with Marathon's own status and words, where whoever throws it knows them. */
final class MarathonError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonObject body;

  private MarathonError(int status, JsonObject body) {
    super(body.getString("message"), null, false, false);
    this.status = status;
    this.body = body;
  }

  /** Answered with that status and {@code {"message":…}}. */
  static MarathonError of(int status, String message) {
    return new MarathonError(status, new JsonObject().put("message", message));
  }

  /** The body is no JSON. */
  static MarathonError noJson(String details) {
    return new MarathonError(
        400, new JsonObject().put("message", "Invalid JSON").put("details", details));
  }

  static MarathonError noApp(AppPath path) {
    return of(404, "App '" + path + "' does not exist");
  }

  static MarathonError noGroup(String id) {
    return of(404, "Group '" + id + "' does not exist");
  }

  static MarathonError noTask(String id) {
    return of(404, "Task '" + id + "' does not exist");
  }

  static MarathonError noVersion(AppPath path, String version) {
    return of(404, "App '" + path + "' does not exist in version " + version);
  }

  static MarathonError exists(AppPath path) {
    return of(409, "An app with id [" + path + "] already exists.");
  }

  /** Rollouts keep apps from being changed. */
  static MarathonError locked(Collection<String> deployments) {
    JsonArray all = new JsonArray();
    deployments.forEach(id -> all.add(new JsonObject().put("id", id)));
    return new MarathonError(
        409,
        new JsonObject()
            .put(
                "message",
                "App is locked by one or more deployments. Override with the option '?force=true'."
                    + " View details at '/v2/deployments/<DEPLOYMENT_ID>'.")
            .put("deployments", all));
  }

  /** The HTTP status. */
  int status() {
    return status;
  }

  /** What is said. */
  JsonObject body() {
    return body;
  }
}

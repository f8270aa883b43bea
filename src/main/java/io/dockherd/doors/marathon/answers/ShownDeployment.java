package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Rollout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rollouts of one id, as Marathon shows them: a deployment.
 *
 * <pre>
 * {"id":"5ed4c0c5-…","version":"2026-…Z","affectedApps":["/shop/web"],"affectedPods":[],
 *  "steps":[{"actions":[{"action":"ScaleApplication","app":"/shop/web"}]}],
 *  "currentActions":[{"action":"ScaleApplication","app":"/shop/web","readinessCheckResults":[]}],
 *  "currentStep":1,"totalSteps":1}</pre>
 *
 * @param version the newest of what its apps are to be
 */
public record ShownDeployment(String id, String version, List<Part> parts) {
  /** What is done to one app. */
  public record Part(String app, Kind kind) {}

  /** What is done. */
  public enum Kind {
    START("ScaleApplication"),
    SCALE("ScaleApplication"),
    RESTART("RestartApplication"),
    STOP("StopApplication");

    private final String action;

    Kind(String action) {
      this.action = action;
    }

    private static Kind of(Rollout rollout) {
      return switch (rollout.kind()) {
        case START -> START;
        case SCALE -> SCALE;
        case UPDATE, ROLLBACK -> RESTART;
      };
    }
  }

  public ShownDeployment {
    parts = List.copyOf(parts);
  }

  /**
   * All that are under way, in their order.
   *
   * @param changing apps that have a rollout
   */
  public static List<ShownDeployment> of(List<App> changing) {
    Map<String, ShownDeployment> all = new LinkedHashMap<>();
    for (App app : changing) {
      Rollout rollout = app.rollout().orElseThrow();
      all.merge(rollout.id(), of(app.path(), rollout), ShownDeployment::and);
    }
    return List.copyOf(all.values());
  }

  /** That of one app. */
  public static ShownDeployment of(AppPath path, Rollout rollout) {
    return new ShownDeployment(
        rollout.id(), rollout.to().text(), List.of(new Part(path.value(), Kind.of(rollout))));
  }

  /** The end of an app. Its id is made of what has ended, so that all nodes call it the same. */
  public static ShownDeployment ofEnd(App app) {
    String what = "end of " + app.path() + " at " + app.version().text();
    String id = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    return new ShownDeployment(
        id, app.version().text(), List.of(new Part(app.path().value(), Kind.STOP)));
  }

  private ShownDeployment and(ShownDeployment other) {
    List<Part> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    boolean isNewer = other.version.compareTo(version) > 0;
    return new ShownDeployment(id, isNewer ? other.version : version, all);
  }

  /** As in the list. */
  public JsonObject json() {
    JsonArray current = new JsonArray();
    parts.forEach(
        part ->
            current.add(
                action(part.kind.action, part).put("readinessCheckResults", new JsonArray())));
    JsonArray steps = steps();
    return new JsonObject()
        .put("id", id)
        .put("version", version)
        .put("affectedApps", new JsonArray(parts.stream().map(Part::app).toList()))
        .put("affectedPods", new JsonArray())
        .put("steps", steps)
        .put("currentActions", current)
        .put("currentStep", steps.size())
        .put("totalSteps", steps.size());
  }

  /** A new app is there, with no instance, from the first moment on: then it is scaled. */
  public JsonArray steps() {
    JsonArray starts = new JsonArray();
    parts.stream()
        .filter(part -> part.kind == Kind.START)
        .forEach(part -> starts.add(action("StartApplication", part)));
    JsonArray steps = new JsonArray();
    if (!starts.isEmpty()) {
      steps.add(new JsonObject().put("actions", starts));
    }
    return steps.add(currentStep());
  }

  /** The step it is at, which is the last one. */
  public JsonObject currentStep() {
    JsonArray actions = new JsonArray();
    parts.forEach(part -> actions.add(action(part.kind.action, part)));
    return new JsonObject().put("actions", actions);
  }

  private static JsonObject action(String action, Part part) {
    return new JsonObject().put("action", action).put("app", part.app);
  }
}

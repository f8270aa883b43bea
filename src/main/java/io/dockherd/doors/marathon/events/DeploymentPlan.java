package io.dockherd.doors.marathon.events;

import io.dockherd.apps.Apps;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * {@code plan} in events: what was, what is to be, and the steps from one to the other. Of the apps
 * only those it is about: Marathon puts all there are in each event.
 */
record DeploymentPlan(Apps apps) {
  JsonObject of(ShownDeployment deployment, AppPath path, Rollout rollout) {
    Optional<AppVersion> from =
        rollout.kind() == Rollout.Kind.START ? Optional.empty() : Optional.of(rollout.from());
    return plan(deployment, path, from, Optional.of(rollout.to()));
  }

  JsonObject ofEnd(ShownDeployment deployment, App app) {
    return plan(deployment, app.path(), Optional.of(app.version()), Optional.empty());
  }

  private JsonObject plan(
      ShownDeployment deployment,
      AppPath path,
      Optional<AppVersion> from,
      Optional<AppVersion> to) {
    return new JsonObject()
        .put("id", deployment.id())
        .put("original", group(path, from, deployment.version()))
        .put("target", group(path, to, deployment.version()))
        .put("steps", deployment.steps())
        .put("version", deployment.version());
  }

  private JsonObject group(AppPath path, Optional<AppVersion> version, String unsaid) {
    JsonArray all = new JsonArray();
    version.flatMap(it -> app(path, it)).ifPresent(all::add);
    return new JsonObject()
        .put("id", "/")
        .put("apps", all)
        .put("pods", new JsonArray())
        .put("groups", new JsonArray())
        .put("dependencies", new JsonArray())
        .put("version", version.map(AppVersion::text).orElse(unsaid));
  }

  /** Empty when its revision is not here, or not any more. */
  private Optional<JsonObject> app(AppPath path, AppVersion version) {
    try {
      return Optional.of(
          ShownApp.json(path, apps.revision(path, version.revision()).config(), version));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }
}

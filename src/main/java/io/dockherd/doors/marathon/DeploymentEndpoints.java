package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.Change;
import io.dockherd.apps.model.App;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Rollouts under way, as deployments. */
record DeploymentEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/deployments", AppVerbs.LIST, this::list),
        Route.changeWithin(
            "DELETE", "/v2/deployments/{deployment}", AppVerbs.CANCEL, this::cancel));
  }

  /** A bare list, unlike all others. */
  private Reply list(MarathonCall call) {
    return Replies.json(
        new JsonArray(
            ShownDeployment.of(marathon.apps().changing()).stream()
                .map(ShownDeployment::json)
                .toList()));
  }

  /** Forced, it stops where it is; else another one takes it back. */
  private Reply cancel(MarathonCall call) {
    String id = call.names().get("deployment");
    boolean isForced = call.isOn("force", false);
    List<App> apps =
        marathon.apps().changing().stream()
            .filter(app -> app.rollout().filter(change -> change.id().equals(id)).isPresent())
            .toList();
    call.admit(apps.stream().map(App::path).toList());
    try {
      Change change = marathon.apps().cancel(id, isForced, marathon.options(call, true));
      if (isForced) {
        return Replies.empty(202);
      }
      // Apps that were new are no more: their end is what takes the deployment back.
      return change.versions().isEmpty() && !apps.isEmpty()
          ? ended(apps.getLast())
          : Replies.changed(200, AppChangeEndpoints.newest(change), change.rolloutId());
    } catch (NotFound e) {
      throw MarathonError.of(404, "DeploymentPlan " + id + " does not exist");
    }
  }

  private static Reply ended(App app) {
    return Replies.changed(200, app.version().text(), ShownDeployment.ofEnd(app).id());
  }
}

package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.QueueEntry;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What waits to be started, and why. */
record QueueEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/queue", AppVerbs.LIST, this::list),
        Route.change("DELETE", "/v2/queue/{id}/delay", AppVerbs.HURRY, this::hurry));
  }

  private Reply list(MarathonCall call) {
    boolean withOffers = call.query().texts("embed").contains("lastUnusedOffers");
    Instant now = marathon.clock().instant();
    JsonArray queue = new JsonArray();
    for (ShownApp app : marathon.under("/")) {
      app.view()
          .waiting()
          .ifPresent(waiting -> queue.add(new QueueEntry(app, waiting, now).json(withOffers)));
    }
    return Replies.json(new JsonObject().put("queue", queue));
  }

  private Reply hurry(MarathonCall call) {
    AppPath path = call.app();
    if (marathon.find(path).flatMap(app -> app.view().waiting()).isEmpty()) {
      throw MarathonError.of(404, "Application " + path + " not found in tasks queue.");
    }
    marathon.apps().forgetFailures(path);
    return Replies.empty(204);
  }
}

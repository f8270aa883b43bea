package io.dockherd.apps.stewards;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.Revision;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What a steward has nodes do. Each waits until the node has taken it on, or refused. */
record Orders(Fleet fleet, Duration limit) {
  static final String RUN = "app-run";
  static final String STOP = "app-stop";
  static final String CLEAR = "app-clear";

  void run(Step.Run run, Revision revision) {
    JsonObject order =
        new JsonObject()
            .put("path", run.path().value())
            .put("id", run.id().toString())
            .put("revision", revision.json());
    fleet.order(run.node(), RUN, order, limit);
  }

  void stop(Step.Stop stop) {
    JsonObject order =
        new JsonObject()
            .put("path", stop.path().value())
            .put("id", stop.id().toString())
            .put("reason", stop.reason());
    fleet.order(stop.node(), STOP, order, limit);
  }

  void clear(Step.Clear clear) {
    JsonObject order =
        new JsonObject().put("path", clear.path().value()).put("id", clear.id().toString());
    fleet.order(clear.node(), CLEAR, order, limit);
  }
}

package io.dockherd.apps.stewards;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.keeping.Dismissals;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.TimeLeft;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Asks the steward of the app, whichever node that is just now. */
public record HerdDismissals(Fleet fleet, Duties duties) implements Dismissals {
  static final String KILL = "app-kill";
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Override
  public Set<InstanceId> stop(
      AppPath path, Set<InstanceId> which, boolean isScaling, ChangeOptions options) {
    TimeLeft left = TimeLeft.of(options.limit());
    JsonArray ids = new JsonArray(which.stream().map(InstanceId::toString).sorted().toList());
    JsonObject order =
        new JsonObject()
            .put("path", path.value())
            .put("ids", ids)
            .put("scale", isScaling)
            .put("who", options.who())
            .put("force", options.isForced());
    while (true) {
      try {
        JsonObject answer = fleet.order(steward(path), KILL, order, left.get());
        if (!answer.getBoolean("moved", false)) {
          Set<InstanceId> told = new LinkedHashSet<>();
          answer
              .getJsonArray("ids", new JsonArray())
              .forEach(id -> told.add(InstanceId.of((String) id)));
          return told;
        }
      } catch (NotFound | Unreachable e) {
        if (left.isOver()) {
          throw e;
        }
      }
      if (left.isOver()) {
        throw new Conflict(
            path.value(), "the nodes don't agree yet on who looks after " + path, "ask again");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private String steward(AppPath path) {
    return duties
        .steward(path)
        .orElseThrow(() -> new Unreachable(path.value(), "no node is there", ""));
  }
}

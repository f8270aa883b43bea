package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.model.Rollout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of its state is put on an app beside its configuration.
 *
 * @param now for ages
 */
public record Embed(
    boolean counts,
    boolean deployments,
    boolean tasks,
    boolean lastTaskFailure,
    boolean taskStats,
    Instant now) {
  /** For one app: everything, but statistics only where they are asked for. */
  public static Embed one(List<String> asked, Instant now) {
    return new Embed(true, true, true, true, asks(asked, "app", "taskStats"), now);
  }

  /** For lists: counts and deployments, and what is asked for as {@code apps.tasks} and so on. */
  public static Embed many(List<String> asked, Instant now) {
    return new Embed(
        true,
        true,
        asks(asked, "apps", "tasks"),
        asks(asked, "apps", "lastTaskFailure") || asks(asked, "apps", "failures"),
        asks(asked, "apps", "taskStats"),
        now);
  }

  /** For apps in groups: what is asked for as {@code group.apps.tasks} and so on, all else not. */
  public static Embed grouped(List<String> asked, Instant now) {
    return new Embed(
        asks(asked, "group.apps", "counts"),
        asks(asked, "group.apps", "deployments"),
        asks(asked, "group.apps", "tasks"),
        asks(asked, "group.apps", "lastTaskFailure"),
        asks(asked, "group.apps", "taskStats"),
        now);
  }

  private static boolean asks(List<String> asked, String where, String what) {
    return Set.copyOf(asked).contains(where + "." + what);
  }

  /** The app with all that. */
  public JsonObject json(ShownApp app) {
    JsonObject json = app.json();
    List<ShownTask> all = ShownTask.of(app);
    if (counts) {
      json.mergeIn(counts(all));
    }
    if (deployments) {
      json.put(
          "deployments",
          app.view().app().rollout().map(Rollout::id).stream()
              .map(id -> new JsonObject().put("id", id))
              .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new)));
    }
    if (tasks) {
      json.put("tasks", new JsonArray(all.stream().map(ShownTask::json).toList()));
    }
    if (lastTaskFailure) {
      app.view()
          .lastFailure()
          .ifPresent(why -> json.put("lastTaskFailure", ShownTask.failure(app, why)));
    }
    if (taskStats) {
      json.put("taskStats", new TaskStats(app, all, now).json());
    }
    return json;
  }

  private static JsonObject counts(List<ShownTask> tasks) {
    return new JsonObject()
        .put("tasksStaged", tasks.stream().filter(ShownTask::isStaged).count())
        .put("tasksRunning", tasks.stream().filter(ShownTask::isRunning).count())
        .put("tasksHealthy", tasks.stream().filter(ShownTask::isHealthy).count())
        .put("tasksUnhealthy", tasks.stream().filter(ShownTask::isUnhealthy).count());
  }
}

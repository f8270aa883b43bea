package io.dockherd.doors.marathon.answers;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** How many tasks of an app there are and how long they have lived, of which configuration. */
record TaskStats(ShownApp app, List<ShownTask> tasks, Instant now) {
  JsonObject json() {
    long scaled = app.view().app().lastScaledMillis();
    Predicate<ShownTask> isLatest =
        task -> task.instance().revision().equals(app.view().app().revision());
    JsonObject json = new JsonObject();
    put(json, "startedAfterLastScaling", task -> task.instance().stagedMillis() >= scaled);
    put(json, "withLatestConfig", isLatest);
    put(json, "withOutdatedConfig", isLatest.negate());
    put(json, "totalSummary", task -> true);
    return json;
  }

  /** Parts without tasks are left out. */
  private void put(JsonObject json, String name, Predicate<ShownTask> which) {
    List<ShownTask> those = tasks.stream().filter(which).toList();
    if (those.isEmpty()) {
      return;
    }
    JsonObject stats =
        new JsonObject()
            .put(
                "counts",
                new JsonObject()
                    .put("staged", count(those, ShownTask::isStaged))
                    .put("running", count(those, ShownTask::isRunning))
                    .put("healthy", count(those, ShownTask::isHealthy))
                    .put("unhealthy", count(those, ShownTask::isUnhealthy)));
    double[] ages =
        those.stream()
            .filter(task -> task.instance().startedMillis() > 0)
            .mapToDouble(task -> (now.toEpochMilli() - task.instance().startedMillis()) / 1000.0)
            .sorted()
            .toArray();
    if (ages.length > 0) {
      double sum = 0;
      for (double age : ages) {
        sum += age;
      }
      double median = (ages[(ages.length - 1) / 2] + ages[ages.length / 2]) / 2;
      stats.put(
          "lifeTime",
          new JsonObject().put("averageSeconds", sum / ages.length).put("medianSeconds", median));
    }
    json.put(name, new JsonObject().put("stats", stats));
  }

  private static long count(List<ShownTask> tasks, Predicate<ShownTask> which) {
    return tasks.stream().filter(which).count();
  }
}

package io.dockherd.doors.marathon.answers;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What can be counted of the herd's apps and of this node just now, under Marathon's names. All are
 * gauges: nothing is added up over time, so that every node tells the same of the apps.
 *
 * <pre>
 * {"version":"4.0.0","counters":{},"gauges":{"marathon.apps.active.gauge":{"value":3},…},
 *  "histograms":{},"meters":{},"timers":{}}</pre>
 *
 * @param gauges by name
 */
public record Metrics(Map<String, Number> gauges) {
  /** Of the form, which is that of Dropwizard's library. */
  private static final String FORM = "4.0.0";

  public Metrics {
    gauges = Collections.unmodifiableMap(new TreeMap<>(gauges));
  }

  /**
   * Of those apps.
   *
   * @param deployments how many are under way
   * @param uptimeSeconds of this node
   * @param heapBytes this node uses
   */
  public static Metrics of(
      List<ShownApp> apps, int deployments, double uptimeSeconds, long heapBytes) {
    List<ShownTask> tasks = apps.stream().flatMap(app -> ShownTask.of(app).stream()).toList();
    Map<String, Number> gauges = new TreeMap<>();
    gauges.put("marathon.apps.active.gauge", apps.size());
    gauges.put(
        "marathon.groups.active.gauge",
        apps.stream().map(app -> app.path().group()).distinct().count());
    gauges.put("marathon.deployments.active.gauge", deployments);
    gauges.put("marathon.instances.running.gauge", count(tasks, ShownTask::isRunning));
    gauges.put("marathon.instances.staged.gauge", count(tasks, ShownTask::isStaged));
    gauges.put("marathon.instances.healthy.gauge", count(tasks, ShownTask::isHealthy));
    gauges.put("marathon.instances.unhealthy.gauge", count(tasks, ShownTask::isUnhealthy));
    gauges.put(
        "marathon.instances.waiting.gauge",
        apps.stream()
            .flatMap(app -> app.view().waiting().stream())
            .mapToInt(waiting -> waiting.count())
            .sum());
    gauges.put("marathon.uptime.gauge.seconds", uptimeSeconds);
    gauges.put("marathon.jvm.memory.heap.used.gauge.bytes", heapBytes);
    return new Metrics(gauges);
  }

  private static long count(List<ShownTask> tasks, Predicate<ShownTask> which) {
    return tasks.stream().filter(which).count();
  }

  /** As Marathon shows them. */
  public JsonObject json() {
    JsonObject all = new JsonObject();
    gauges.forEach((name, value) -> all.put(name, new JsonObject().put("value", value)));
    return new JsonObject()
        .put("version", FORM)
        .put("counters", new JsonObject())
        .put("gauges", all)
        .put("histograms", new JsonObject())
        .put("meters", new JsonObject())
        .put("timers", new JsonObject());
  }

  /** As Prometheus reads them, format 0.0.4: names begin with {@code marathon_}. */
  public String prometheus() {
    StringBuilder text = new StringBuilder();
    gauges.forEach(
        (dotted, value) -> {
          String name = dotted.replace('.', '_');
          text.append("# TYPE ").append(name).append(" gauge\n");
          text.append(name).append(' ').append(value).append('\n');
        });
    return text.toString();
  }
}

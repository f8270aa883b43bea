package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.UpdatePolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a changed manifest reaches its containers, as Compose's {@code update_config} says it: {@code
 * {"parallelism":2,"delay":"10s","order":"stop-first","failure_action":"rollback"}}.
 */
final class UpdateField {
  private static final List<String> KNOWN =
      List.of("parallelism", "delay", "order", "failure_action", "monitor", "max_failure_ratio");

  private static final Map<String, UpdatePolicy.Order> ORDERS =
      new TreeMap<>(
          Map.of(
              "start-first", UpdatePolicy.Order.START_FIRST,
              "stop-first", UpdatePolicy.Order.STOP_FIRST));

  private static final Map<String, UpdatePolicy.OnFailure> ACTIONS =
      new TreeMap<>(
          Map.of(
              "pause", UpdatePolicy.OnFailure.PAUSE,
              "rollback", UpdatePolicy.OnFailure.ROLLBACK,
              "continue", UpdatePolicy.OnFailure.CONTINUE));

  private static final int MOST = 1_000;

  private UpdateField() {}

  static UpdatePolicy read(Fields manifest) {
    UpdatePolicy usual = UpdatePolicy.DEFAULT;
    return manifest
        .fields("update", KNOWN)
        .map(
            update ->
                new UpdatePolicy(
                    update.whole("parallelism", 0, MOST).orElse(usual.parallelism()),
                    update.choice("order", ORDERS).orElse(usual.order()),
                    update.has("order") && stopsFirst(update) ? 0 : usual.minimumHealthy(),
                    usual.maximumOver(),
                    update.time("delay").orElse(usual.delay()),
                    update.time("monitor").orElse(usual.monitor()),
                    usual.deadline(),
                    update.part("max_failure_ratio").orElse(usual.maxFailureRatio()),
                    update.choice("failure_action", ACTIONS).orElse(usual.onFailure())))
        .orElse(usual);
  }

  /** Then one goes before another comes, which is why fewer may be healthy meanwhile. */
  private static boolean stopsFirst(Fields update) {
    return update.choice("order", ORDERS).orElseThrow() == UpdatePolicy.Order.STOP_FIRST;
  }
}

package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.apps.model.UpdatePolicy.OnFailure;
import io.dockherd.apps.model.UpdatePolicy.Order;
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

  private static final Map<String, Order> ORDERS =
      new TreeMap<>(
          Map.of(
              "start-first", Order.START_FIRST,
              "stop-first", Order.STOP_FIRST));

  private static final Map<String, OnFailure> ACTIONS =
      new TreeMap<>(
          Map.of(
              "pause", OnFailure.PAUSE,
              "rollback", OnFailure.ROLLBACK,
              "continue", OnFailure.CONTINUE));

  private static final int MOST = 1_000;

  private UpdateField() {}

  /**
   * Reads it. What holds a named volume or a port of its host makes room before another comes, if
   * nothing else is said: two can't have it at once.
   */
  static UpdatePolicy read(Fields manifest, PodSpec pod) {
    boolean isAlone =
        !pod.volumes().isEmpty() || pod.ports().stream().anyMatch(port -> port.hostPort() > 0);
    Order usual = isAlone ? Order.STOP_FIRST : Order.START_FIRST;
    return manifest
        .fields("update", KNOWN)
        .map(update -> read(update, usual))
        .orElseGet(() -> policy(usual));
  }

  private static UpdatePolicy read(Fields update, Order usual) {
    UpdatePolicy policy = policy(update.choice("order", ORDERS).orElse(usual));
    return new UpdatePolicy(
        update.whole("parallelism", 0, MOST).orElse(policy.parallelism()),
        policy.order(),
        policy.minimumHealthy(),
        policy.maximumOver(),
        update.time("delay").orElse(policy.delay()),
        update.time("monitor").orElse(policy.monitor()),
        policy.deadline(),
        update.part("max_failure_ratio").orElse(policy.maxFailureRatio()),
        update.choice("failure_action", ACTIONS).orElse(policy.onFailure()));
  }

  /** Where one goes before another comes fewer may be healthy meanwhile. */
  private static UpdatePolicy policy(Order order) {
    UpdatePolicy usual = UpdatePolicy.DEFAULT;
    return new UpdatePolicy(
        usual.parallelism(),
        order,
        order == Order.STOP_FIRST ? 0 : usual.minimumHealthy(),
        usual.maximumOver(),
        usual.delay(),
        usual.monitor(),
        usual.deadline(),
        usual.maxFailureRatio(),
        usual.onFailure());
  }
}

package io.dockherd.compose.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a service's instances lie on the herd, and how a change reaches them.
 *
 * <pre>
 * mode: replicated
 * placement: {constraints: [node.labels.zone == a], preferences: [{spread: node.labels.rack}],
 *             max_replicas_per_node: 1}
 * update_config: {parallelism: 1, delay: 0s, failure_action: pause, monitor: 5s,
 *                 max_failure_ratio: 0, order: stop-first}
 * rollback_config: {…}
 * endpoint_mode: vip
 * labels: {a: b}                    # of the service, not of its containers
 * </pre>
 *
 * @param maxPerNode 0: as many as there is room for
 */
public record Deployment(
    Mode mode,
    List<String> constraints,
    List<String> spreadOver,
    int maxPerNode,
    Optional<Rollout> update,
    Optional<Rollout> rollback,
    Optional<String> endpointMode,
    Map<String, String> labels) {
  public Deployment {
    constraints = List.copyOf(constraints);
    spreadOver = List.copyOf(spreadOver);
    labels = Copies.of(labels);
  }

  /** How many there are, and whether they are to end. */
  public enum Mode {
    /** {@code replicated}: a number of them. */
    REPLICATED,
    /** {@code global}: one on every node that fits. */
    GLOBAL,
    /** {@code replicated-job}: a number of them, each run to its end. */
    REPLICATED_JOB,
    /** {@code global-job}: one on every node that fits, run to its end. */
    GLOBAL_JOB
  }

  /**
   * How a change is rolled out; what is empty is as whoever does it holds best.
   *
   * @param parallelism how many at once; 0: all
   */
  public record Rollout(
      OptionalInt parallelism,
      Optional<Duration> delay,
      Optional<String> failureAction,
      Optional<Duration> monitor,
      OptionalDouble maxFailureRatio,
      Optional<String> order) {}
}

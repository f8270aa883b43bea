package io.dockherd.compose.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is wished of the herd that Compose has no words for; what is empty is as the herd holds
 * best.
 *
 * <pre>
 * x-dockherd:
 *   on_split: majority              # available, majority, stay
 *   constraints: [{field: zone, operator: group-by, value: 3}]
 *   affinities: ["image==~redis"]
 *   kill_selection: oldest-first
 *   backoff: {first: 1s, factor: 1.15, longest: 5m}
 *   drain: 2s
 *   update: {parallelism: 1, order: start-first, minimum_healthy: 1.0, maximum_over: 0.5,
 *            delay: 0s, monitor: 5s, deadline: 10m, max_failure_ratio: 0, failure_action: rollback}
 *   checks: [{kind: http, port: 80, path: /, grace: 5m, interval: 1m, timeout: 20s, failures: 3}]
 *   replicas: 2                     # outermost: of pods
 *   failure: any                    # outermost: any, all, primary
 *   primary: web                    # outermost: the pod's first container
 * </pre>
 */
public record HerdWishes(
    Optional<String> onSplit,
    List<Rule> constraints,
    List<String> affinities,
    Optional<String> killSelection,
    Optional<Wait> backoff,
    Optional<Duration> drain,
    Update update,
    List<Check> checks,
    OptionalInt replicas,
    Optional<String> failure,
    Optional<String> primary) {
  public HerdWishes {
    constraints = List.copyOf(constraints);
    affinities = List.copyOf(affinities);
    checks = List.copyOf(checks);
  }

  /** Which nodes it may be on: {@code {field: zone, operator: is, value: a}}. */
  public record Rule(String field, String operator, String value) {}

  /** How the waits after failures grow. */
  public record Wait(Optional<Duration> first, OptionalDouble factor, Optional<Duration> longest) {}

  /**
   * How a change is rolled out; what is said here counts more than {@code deploy.update_config}.
   */
  public record Update(
      OptionalInt parallelism,
      Optional<String> order,
      OptionalDouble minimumHealthy,
      OptionalDouble maximumOver,
      Optional<Duration> delay,
      Optional<Duration> monitor,
      Optional<Duration> deadline,
      OptionalDouble maxFailureRatio,
      Optional<String> failureAction) {}

  /**
   * What a node asks from outside the container.
   *
   * @param kind http, https, tcp or command
   * @param port within the container; it has to be published
   */
  public record Check(
      String kind,
      OptionalInt port,
      Optional<String> path,
      List<String> command,
      Optional<Duration> grace,
      Optional<Duration> interval,
      Optional<Duration> timeout,
      OptionalInt failures) {
    public Check {
      command = List.copyOf(command);
    }
  }
}

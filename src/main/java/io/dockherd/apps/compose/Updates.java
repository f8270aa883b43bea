package io.dockherd.apps.compose;

import io.dockherd.apps.model.Backoff;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.apps.model.UpdatePolicy.OnFailure;
import io.dockherd.apps.model.UpdatePolicy.Order;
import io.dockherd.compose.model.Deployment;
import io.dockherd.compose.model.HerdWishes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How a change is rolled out, and how long the next one waits after a failure. */
final class Updates {
  private Updates() {}

  /**
   * What is wished counts before what the file's {@code x-dockherd} says, that before {@code
   * update_config}, and that before what is best.
   *
   * @param isStuck whether old and new can't be side by side on one node
   */
  static UpdatePolicy policy(
      Optional<Deployment.Rollout> said,
      HerdWishes.Update own,
      HerdWishes.Update common,
      boolean isStuck,
      String whose,
      Findings findings) {
    Order order =
        first(own.order(), common.order())
            .or(() -> said.map(rollout -> rollout.order().orElse("stop-first")))
            .map(word -> word.equals("start-first") ? Order.START_FIRST : Order.STOP_FIRST)
            .orElse(isStuck ? Order.STOP_FIRST : Order.START_FIRST);
    boolean isStopFirst = order == Order.STOP_FIRST;
    UpdatePolicy unsaid = UpdatePolicy.DEFAULT;
    return new UpdatePolicy(
        first(own.parallelism(), common.parallelism())
            .orElse(
                said.map(Deployment.Rollout::parallelism).orElse(OptionalInt.empty()).orElse(1)),
        order,
        part(
            first(own.minimumHealthy(), common.minimumHealthy()).orElse(isStopFirst ? 0 : 1),
            "minimum_healthy",
            whose,
            findings),
        part(
            first(own.maximumOver(), common.maximumOver()).orElse(isStopFirst ? 0 : 1),
            "maximum_over",
            whose,
            findings),
        first(own.delay(), common.delay())
            .or(() -> said.flatMap(Deployment.Rollout::delay))
            .orElse(unsaid.delay()),
        first(own.monitor(), common.monitor())
            .or(() -> said.flatMap(Deployment.Rollout::monitor))
            .orElse(unsaid.monitor()),
        first(own.deadline(), common.deadline()).orElse(Duration.ZERO),
        part(
            first(own.maxFailureRatio(), common.maxFailureRatio())
                .orElse(
                    said.map(Deployment.Rollout::maxFailureRatio)
                        .orElse(OptionalDouble.empty())
                        .orElse(0)),
            "max_failure_ratio",
            whose,
            findings),
        first(own.failureAction(), common.failureAction())
            .or(() -> said.flatMap(Deployment.Rollout::failureAction))
            .map(word -> OnFailure.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(unsaid.onFailure()));
  }

  static Backoff backoff(HerdWishes own, HerdWishes common, String whose, Findings findings) {
    Optional<HerdWishes.Wait> said = own.backoff().or(common::backoff);
    if (said.isEmpty()) {
      return Backoff.DEFAULT;
    }
    double factor = said.get().factor().orElse(Backoff.DEFAULT.factor());
    if (factor < 1) {
      findings.refuse(whose + " has a backoff with factor " + factor, "let it grow: 1 or more");
      return Backoff.DEFAULT;
    }
    return new Backoff(
        said.get().first().orElse(Backoff.DEFAULT.first()),
        factor,
        said.get().longest().orElse(Backoff.DEFAULT.longest()));
  }

  private static double part(double said, String key, String whose, Findings findings) {
    if (said > 1) {
      findings.refuse(whose + " has " + key + ": " + said, "it is a part, from 0 to 1");
      return 1;
    }
    return said;
  }

  private static <T> Optional<T> first(Optional<T> own, Optional<T> common) {
    return own.or(() -> common);
  }

  private static OptionalInt first(OptionalInt own, OptionalInt common) {
    return own.isPresent() ? own : common;
  }

  private static OptionalDouble first(OptionalDouble own, OptionalDouble common) {
    return own.isPresent() ? own : common;
  }
}

package io.dockherd.compose.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a container is asked whether it is well; what is empty is as the image says.
 *
 * <pre>
 * test: [CMD-SHELL, curl -f localhost]
 * interval: 30s
 * timeout: 30s
 * retries: 3
 * start_period: 0s
 * start_interval: 5s
 * disable: true
 * </pre>
 *
 * @param isDisabled whether even the image's own is switched off
 */
public record HealthCheck(
    List<String> test,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    OptionalInt retries,
    Optional<Duration> startPeriod,
    Optional<Duration> startInterval,
    boolean isDisabled) {
  public HealthCheck {
    test = List.copyOf(test);
  }
}

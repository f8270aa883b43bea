package io.dockherd.compose.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What happens when a container ends: {@code deploy.restart_policy}, else {@code restart}.
 *
 * <pre>
 * restart: on-failure:3
 * deploy: {restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 2m}}
 * </pre>
 *
 * @param mostAttempts none: without end
 */
public record Restart(
    When when, OptionalInt mostAttempts, Optional<Duration> delay, Optional<Duration> window) {
  /** In which case it is started again. */
  public enum When {
    /** Nothing is said: as whoever runs it holds best. */
    UNSAID,
    /** {@code no}, {@code none}. */
    NEVER,
    /** {@code on-failure}: when it ended with another code than 0. */
    ON_FAILURE,
    /** {@code always}, {@code any}. */
    ALWAYS,
    /** {@code unless-stopped}. */
    UNLESS_STOPPED
  }
}

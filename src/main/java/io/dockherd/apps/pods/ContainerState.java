package io.dockherd.apps.pods;

import static io.dockherd.fleet.requests.Fields.object;
import static io.dockherd.fleet.requests.Fields.text;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * What a container does, as its engine says in the {@code State} of an inspect answer.
 *
 * @param isRunning a paused one runs too
 * @param health of its own health check: starting, healthy, unhealthy; "" when it has none
 * @param started the last time; {@link Instant#EPOCH} for never, as in {@code finished}
 */
record ContainerState(
    boolean isRunning,
    int exitCode,
    boolean isOutOfMemory,
    String health,
    Instant started,
    Instant finished) {
  static ContainerState of(JsonObject inspected) {
    JsonObject state = object(inspected, "State");
    String health = text(object(state, "Health"), "Status");
    return new ContainerState(
        Boolean.TRUE.equals(state.getValue("Running"))
            || text(state, "Status").equals("running")
            || text(state, "Status").equals("paused"),
        state.getValue("ExitCode") instanceof Number code ? code.intValue() : 0,
        Boolean.TRUE.equals(state.getValue("OOMKilled")),
        health.equals("none") ? "" : health,
        moment(text(state, "StartedAt")),
        moment(text(state, "FinishedAt")));
  }

  /** Whether it ever ran. */
  boolean wasStarted() {
    return started.isAfter(Instant.EPOCH);
  }

  /** How long it ran before it ended. */
  Duration ran() {
    Duration ran = Duration.between(started, finished);
    return ran.isNegative() ? Duration.ZERO : ran;
  }

  /** Docker writes the year 1 for "never". */
  private static Instant moment(String text) {
    try {
      Instant moment = text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
      return moment.isBefore(Instant.EPOCH) ? Instant.EPOCH : moment;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}

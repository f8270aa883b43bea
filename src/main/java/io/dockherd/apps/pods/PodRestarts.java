package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Restarts containers of a running pod in place, by the rule of each, and after each those that
 * can't go on without it as it was. Belongs to its instance's thread.
 */
final class PodRestarts {
  private final PodEngine engine;
  private final PodLayout layout;
  private final Map<String, Part> parts;
  private final PodStart start;
  private final Telling telling;

  PodRestarts(
      PodEngine engine,
      PodLayout layout,
      Map<String, Part> parts,
      PodStart start,
      Telling telling) {
    this.engine = engine;
    this.layout = layout;
    this.parts = parts;
    this.start = start;
    this.telling = telling;
  }

  /** One has ended: it is to be started again, or has ended for good. */
  void end(Part part, ContainerState state) {
    boolean isWell = state.exitCode() == 0 && !state.isOutOfMemory();
    Optional<RestartTally.Next> next = part.tally().after(isWell, state.ran());
    if (next.isPresent()) {
      waitFor(part, next.get());
      telling.say(
          "container %s ended with code %d and is to be started again"
              .formatted(part.name(), state.exitCode()));
    } else {
      part.is(new Part.State.Over(state.exitCode(), state.isOutOfMemory(), false));
    }
  }

  private static void waitFor(Part part, RestartTally.Next next) {
    part.counts(next.tally());
    part.is(new Part.State.Waiting(System.nanoTime() + next.pause().toNanos()));
  }

  /**
   * Starts those whose time it is.
   *
   * @throws Unreachable when the engine goes meanwhile, or {@link TimedOut}
   */
  void due() {
    for (Part part : parts.values()) {
      boolean isDue =
          part.state() instanceof Part.State.Waiting waiting
              && System.nanoTime() - waiting.dueNanos() >= 0
              && start.mayStart(part);
      if (isDue) {
        restart(part);
      }
    }
  }

  private void restart(Part part) {
    try {
      start.one(part);
      telling.restarted(1);
      telling.say("");
    } catch (Unreachable | TimedOut e) {
      // It may run, or not: the next look that is answered shows.
      part.is(new Part.State.Up(Instant.EPOCH));
      throw e;
    } catch (Failure e) {
      waitFor(
          part,
          part.tally()
              .after(false, Duration.ZERO)
              .orElseThrow(
                  () ->
                      Ended.badly(
                          Reason.NOT_STARTED,
                          "container " + part.name() + " can't be started again: " + e.getMessage(),
                          part.name(),
                          -1)));
      return;
    }
    after(part);
  }

  /** Those in its namespaces are of the ended ones; what says so is restarted with it. */
  void after(Part part) {
    for (ContainerSpec other : layout.restartedWith(part.name())) {
      Part joiner = parts.get(other.name());
      if (joiner.isUp()) {
        engine.stop(joiner.id(), other.stopAfter());
        start.one(joiner);
        telling.restarted(1);
      }
    }
  }
}

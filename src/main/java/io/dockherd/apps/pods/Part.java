package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One container of a running pod, as it was seen last. Belongs to its instance's thread. */
final class Part {
  private final ContainerSpec spec;
  private final String id;
  private State state;
  private RestartTally tally;
  private Optional<ContainerState> seen = Optional.empty();
  private OptionalLong endedNanos = OptionalLong.empty();

  /** What it does. */
  sealed interface State {
    /** It is there and was not started. */
    record Made() implements State {}

    /** It runs since then. */
    record Up(Instant started) implements State {}

    /** It has ended and is to be started again at that time of {@link System#nanoTime}. */
    record Waiting(long dueNanos) implements State {}

    /** It has ended for good. */
    record Over(int exitCode, boolean isOutOfMemory, boolean isGone) implements State {}
  }

  Part(ContainerSpec spec, String id) {
    this.spec = spec;
    this.id = id;
    this.state = new State.Made();
    this.tally = RestartTally.of(spec.restart());
  }

  ContainerSpec spec() {
    return spec;
  }

  String name() {
    return spec.name();
  }

  String id() {
    return id;
  }

  State state() {
    return state;
  }

  void is(State next) {
    state = next;
  }

  boolean isUp() {
    return state instanceof State.Up;
  }

  boolean isMade() {
    return state instanceof State.Made;
  }

  /** Whether it ended with 0. */
  boolean isDone() {
    return state instanceof State.Over over && !standing().isBad() && over.exitCode() == 0;
  }

  RestartTally tally() {
    return tally;
  }

  void counts(RestartTally next) {
    tally = next;
  }

  /** What its engine said last. */
  Optional<ContainerState> seen() {
    return seen;
  }

  void saw(Optional<ContainerState> now) {
    seen = now;
    if (now.map(ContainerState::isRunning).orElse(false)) {
      endedNanos = OptionalLong.empty();
    } else if (endedNanos.isEmpty()) {
      endedNanos = OptionalLong.of(System.nanoTime());
    }
  }

  /** How long ago it was first seen not to run any more; zero when it runs. */
  Duration notRunningFor() {
    return endedNanos.isPresent()
        ? Duration.ofNanos(System.nanoTime() - endedNanos.getAsLong())
        : Duration.ZERO;
  }

  /** Whether it was running when it was seen last. */
  boolean wasRunning() {
    return seen.map(ContainerState::isRunning).orElse(false);
  }

  /** What its own health check says; "" when it has none. */
  String health() {
    return seen.map(ContainerState::health).orElse("");
  }

  Verdict.Standing standing() {
    return state instanceof State.Over(int code, boolean isOutOfMemory, boolean isGone)
        ? new Verdict.Standing(name(), Optional.of(code), isOutOfMemory, isGone)
        : new Verdict.Standing(name(), Optional.empty(), false, false);
  }
}

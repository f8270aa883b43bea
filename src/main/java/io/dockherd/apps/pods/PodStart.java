package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.Hook;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.failure.TimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts the containers of a pod, each when what it waits for is so. */
final class PodStart {
  private static final Duration HOOK = Duration.ofMinutes(5);

  private final PodEngine engine;
  private final Map<String, Part> parts;
  private final Bell bell;
  private final Supplier<RunningPod.Sight> look;
  private final Supplier<Duration> untilDue;
  private final Runnable reset;

  /**
   * @param parts in an order in which each comes after what it waits for
   * @param look takes note of what the containers do meanwhile
   * @param untilDue how long there is nothing to be done
   * @param reset makes what was ended with the engine as it was made
   */
  PodStart(
      PodEngine engine,
      Map<String, Part> parts,
      Bell bell,
      Supplier<RunningPod.Sight> look,
      Supplier<Duration> untilDue,
      Runnable reset) {
    this.engine = engine;
    this.parts = parts;
    this.bell = bell;
    this.look = look;
    this.untilDue = untilDue;
    this.reset = reset;
  }

  /**
   * All that were not started; waits. Those that were ended with the engine meanwhile are started
   * again, and the time counts anew from the moment the engine was back.
   *
   * @throws io.dockherd.failure.Unreachable when the engine goes while it is asked for something
   */
  void all(Duration limit) {
    Optional<Part> next = nextMade();
    long until = System.nanoTime() + limit.toNanos();
    while (next.isPresent()) {
      switch (awaitAll(next.get(), until, limit)) {
        case SEEN -> {
          bell.check();
          one(next.get(), Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        case ENGINE_AWAY -> until = System.nanoTime() + limit.toNanos();
        case ENDED_WITH_ENGINE -> reset.run();
      }
      next = nextMade();
    }
  }

  private Optional<Part> nextMade() {
    return parts.values().stream().filter(Part::isMade).findFirst();
  }

  /** One, now. */
  void one(Part part) {
    one(part, HOOK);
  }

  private void one(Part part, Duration limit) {
    engine.start(part.id());
    part.is(new Part.State.Up(started(part)));
    long until = System.nanoTime() + limit.toNanos();
    for (Hook hook : part.spec().postStart()) {
      long left = Math.clamp(until - System.nanoTime(), 1, HOOK.toNanos());
      bell.interruptibly(() -> run(part, hook, Duration.ofNanos(left)));
    }
  }

  private Instant started(Part part) {
    part.saw(engine.inspect(part.id()).map(ContainerState::of));
    return part.seen().map(ContainerState::started).orElse(Instant.EPOCH);
  }

  private void run(Part part, Hook hook, Duration limit) {
    Commands.Said said;
    try {
      said = engine.commands().run(part.id(), hook, limit);
    } catch (TimedOut e) {
      throw Ended.badly(
          Reason.TOO_LATE,
          "what is run after the start of container %s had not ended in time: %s"
              .formatted(part.name(), e.getMessage()),
          part.name(),
          -1);
    }
    if (said.exitCode() != 0) {
      throw Ended.badly(
          Reason.NOT_STARTED,
          "what is run after the start of container "
              + part.name()
              + " ended with code "
              + said.exitCode()
              + (said.output().isEmpty() ? "" : ": " + said.output()),
          part.name(),
          -1);
    }
  }

  /** Whether those run whose namespaces it shares. */
  boolean mayStart(Part part) {
    ContainerSpec.Shares shares = part.spec().shares();
    return List.of(shares.network(), shares.pid(), shares.ipc()).stream()
        .allMatch(name -> name.isEmpty() || parts.get(name).isUp());
  }

  /** Waits for all it depends on; ends early when the engine goes. */
  private RunningPod.Sight awaitAll(Part part, long until, Duration limit) {
    for (Map.Entry<String, Dependency> needed : part.spec().dependsOn().entrySet()) {
      Part other = parts.get(needed.getKey());
      while (other != null && !isMet(part, other, needed.getValue())) {
        if (System.nanoTime() - until >= 0) {
          throw Ended.badly(
              Reason.TOO_LATE,
              "container %s still waits for %s after %d s"
                  .formatted(part.name(), other.name(), limit.toSeconds()),
              other.name(),
              -1);
        }
        bell.await(
            Duration.ofNanos(
                Math.clamp(until - System.nanoTime(), 1, untilDue.get().toNanos() + 1)));
        RunningPod.Sight sight = look.get();
        if (sight != RunningPod.Sight.SEEN) {
          return sight;
        }
      }
    }
    return RunningPod.Sight.SEEN;
  }

  private boolean isMet(Part part, Part other, Dependency dependency) {
    boolean isOver = other.state() instanceof Part.State.Over;
    if (isOver && !dependency.isRequired()) {
      return true;
    }
    return switch (dependency.condition()) {
      case STARTED -> other.isUp() || isOver;
      case COMPLETED -> other.isDone() || requireAlive(part, other);
      case HEALTHY -> isHealthy(part, other);
    };
  }

  private boolean isHealthy(Part part, Part other) {
    boolean hasNone =
        other.isUp()
            && other.seen().map(ContainerState::isRunning).orElse(false)
            && other.health().isEmpty();
    if (hasNone) {
      throw Ended.badly(
          Reason.NOT_STARTED,
          "container %s waits for %s to be healthy, which has no health check"
              .formatted(part.name(), other.name()),
          other.name(),
          -1);
    }
    return other.isUp() && other.health().equals("healthy") || requireAlive(part, other);
  }

  /** What has ended for good can't become what is waited for. */
  private static boolean requireAlive(Part part, Part other) {
    if (other.state() instanceof Part.State.Over over) {
      throw Ended.badly(
          over.isOutOfMemory() ? Reason.OUT_OF_MEMORY : Reason.NOT_STARTED,
          "container %s ended with code %d, and %s waits for it"
              .formatted(other.name(), over.exitCode(), part.name()),
          other.name(),
          over.exitCode());
    }
    return false;
  }
}

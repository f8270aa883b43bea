package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.Hook;
import io.dockherd.apps.model.InstanceFailure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Starts the containers of a pod, each when what it waits for is so. */
final class PodStart {
  private static final Duration HOOK = Duration.ofMinutes(5);

  private final PodEngine engine;
  private final Map<String, Part> parts;
  private final Bell bell;
  private final Runnable look;
  private final Supplier<Duration> untilDue;

  /**
   * @param parts in an order in which each comes after what it waits for
   * @param look takes note of what the containers do meanwhile
   * @param untilDue how long there is nothing to be done
   */
  PodStart(
      PodEngine engine,
      Map<String, Part> parts,
      Bell bell,
      Runnable look,
      Supplier<Duration> untilDue) {
    this.engine = engine;
    this.parts = parts;
    this.bell = bell;
    this.look = look;
    this.untilDue = untilDue;
  }

  /** All that were not started; waits. */
  void all(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    for (Part part : List.copyOf(parts.values())) {
      if (part.isMade()) {
        awaitAll(part, until, limit);
        bell.check();
        one(part);
      }
    }
  }

  /** One, now. */
  void one(Part part) {
    engine.start(part.id());
    part.is(new Part.State.Up(started(part)));
    for (Hook hook : part.spec().postStart()) {
      bell.interruptibly(() -> run(part, hook));
    }
  }

  private Instant started(Part part) {
    part.saw(engine.inspect(part.id()).map(ContainerState::of));
    return part.seen().map(ContainerState::started).orElse(Instant.EPOCH);
  }

  private void run(Part part, Hook hook) {
    PodEngine.Said said = engine.run(part.id(), hook, HOOK);
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

  private void awaitAll(Part part, long until, Duration limit) {
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
        look.run();
      }
    }
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

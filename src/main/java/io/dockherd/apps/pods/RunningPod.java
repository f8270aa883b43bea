package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The containers of one instance, once they are made: looked at, restarted in place, judged. Every
 * look is whole by itself, so that it does not matter how many were missed. Belongs to its
 * instance's thread.
 */
final class RunningPod {
  /** How often an engine that does not answer is asked. */
  private static final Duration AWAY = Duration.ofSeconds(1);

  /** How long it is waited whether it was the engine's end that ended a container. */
  private static final Duration SUSPICION = Duration.ofMillis(300);

  private final PodEngine engine;
  private final AppConfig config;
  private final PodLayout layout;
  private final Telling telling;
  private final Bell bell;
  private final PodStart start;
  private final PodRestarts restarts;
  private final Duration look;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  /** What came of a look. */
  enum Sight {
    /** They were seen, and what was to be done is done. */
    SEEN,
    /** The engine does not answer: nothing is known, and nothing was done. */
    ENGINE_AWAY,
    /** They were ended with the engine, and are to {@link #rise}. */
    ENDED_WITH_ENGINE
  }

  /** Whether the engine did not answer when it was asked last. */
  private boolean isEngineAway;

  private long lookedNanos = System.nanoTime();

  /**
   * @param ids of the containers, by their names in the pod
   * @param look the longest time between two looks
   */
  RunningPod(
      PodEngine engine,
      AppConfig config,
      PodLayout layout,
      Map<String, String> ids,
      Telling telling,
      Bell bell,
      Duration look) {
    this.engine = engine;
    this.config = config;
    this.layout = layout;
    this.telling = telling;
    this.bell = bell;
    this.look = look;
    for (ContainerSpec container : layout.order()) {
      parts.put(container.name(), new Part(container, ids.get(container.name())));
    }
    this.start = new PodStart(engine, parts, bell, this::look, this::untilDue, this::reset);
    this.restarts = new PodRestarts(engine, layout, parts, start, telling);
  }

  /** By their names in the pod, in the order they are started. */
  List<Part> parts() {
    return List.copyOf(parts.values());
  }

  PodLayout layout() {
    return layout;
  }

  /** Starts all that were not, each when what it waits for is so. */
  void start(Duration limit) {
    start.all(limit);
  }

  /** Takes over containers that are there already: each is as its engine says. */
  void takeOver() {
    for (Part part : parts.values()) {
      Optional<ContainerState> state = engine.inspect(part.id()).map(ContainerState::of);
      part.saw(state);
      state.ifPresentOrElse(
          now -> part.is(now.wasStarted() ? new Part.State.Up(now.started()) : part.state()),
          () -> part.is(new Part.State.Over(-1, false, true)));
    }
  }

  /** Whether none of those that were up runs any more: the engine, or the host, has ended them. */
  boolean isDown() {
    List<Part> up = parts.values().stream().filter(Part::isUp).toList();
    return !up.isEmpty()
        && up.stream().noneMatch(part -> part.seen().map(ContainerState::isRunning).orElse(false));
  }

  /**
   * What was ended with the engine is started again, each when what it waits for is so. An engine
   * that goes once more meanwhile is waited for: it is no failure of theirs.
   *
   * @param limit for all of it, while the engine answers
   * @param retry how often one is asked that does not
   */
  void rise(Duration limit, Duration retry) {
    telling.in(Phase.STARTING, "it was ended with its engine, and is started again");
    while (true) {
      try {
        reset();
        start.all(limit);
        telling.restarted(1);
        return;
      } catch (Unreachable | TimedOut e) {
        isEngineAway = true;
        telling.say(e.getMessage());
        do {
          bell.sleep(retry);
        } while (!see());
      }
    }
  }

  /** What was ended with the engine is as it was made. What had done its work stays so. */
  private void reset() {
    for (Part part : parts.values()) {
      boolean hasDoneItsWork =
          part.seen().map(state -> state.exitCode() == 0).orElse(false)
              && (layout.isAwaited(part.name()) || config.kind() == AppConfig.Kind.JOB);
      if (part.isUp() && !part.wasRunning() && !hasDoneItsWork) {
        part.is(new Part.State.Made());
      }
    }
  }

  /**
   * Looks at all of them once and does what is to be done.
   *
   * @throws Ended when that was the end of the instance
   */
  Sight look() {
    lookedNanos = System.nanoTime();
    boolean wasAway = isEngineAway | bell.wasEngineMissed();
    if (!see()) {
      return Sight.ENGINE_AWAY;
    }
    if (wasAway && isDown()) {
      return Sight.ENDED_WITH_ENGINE;
    }
    try {
      for (Part part : parts.values()) {
        if (part.state() instanceof Part.State.Up up) {
          judge(part, up);
        }
      }
      restarts.due();
    } catch (Unreachable | TimedOut e) {
      isEngineAway = true;
      return Sight.ENGINE_AWAY;
    }
    judge();
    return Sight.SEEN;
  }

  /** Asks the engine; false when it does not answer: then nothing is known, and nothing is done. */
  private boolean see() {
    try {
      for (Part part : parts.values()) {
        if (part.isUp()) {
          part.saw(engine.inspect(part.id()).map(ContainerState::of));
        }
      }
      if (isEngineAway) {
        isEngineAway = false;
        telling.say("");
      }
      return true;
    } catch (Unreachable | TimedOut e) {
      if (!isEngineAway) {
        isEngineAway = true;
        telling.say(e.getMessage());
      }
      return false;
    }
  }

  private void judge(Part part, Part.State.Up up) {
    if (part.seen().isEmpty()) {
      part.is(new Part.State.Over(-1, false, true));
      return;
    }
    ContainerState state = part.seen().get();
    if (!state.isRunning()) {
      if (!mayBeTheEngine(part, state)) {
        restarts.end(part, state);
      }
    } else if (state.health().equals("unhealthy")) {
      throw Ended.badly(
          Reason.UNHEALTHY,
          "container " + part.name() + " is unhealthy, its own health check says",
          part.name(),
          -1);
    } else if (!state.started().equals(up.started())) {
      // Somebody has restarted it past us: those in its namespaces sit in ended ones.
      part.is(new Part.State.Up(state.started()));
      restarts.after(part);
    }
  }

  /** An engine that goes ends its containers, and that may show before the engine is missed. */
  private static boolean mayBeTheEngine(Part part, ContainerState state) {
    boolean isKilled = state.exitCode() != 0 && !state.isOutOfMemory();
    return isKilled && part.notRunningFor().compareTo(SUSPICION) < 0;
  }

  private void judge() {
    List<Verdict.Standing> standings = new ArrayList<>();
    parts.values().forEach(part -> standings.add(part.standing()));
    Verdict verdict =
        Verdict.of(
            config.pod().failure(),
            config.kind(),
            Verdict.primaryFirst(layout.primary(), standings));
    switch (verdict) {
      case Verdict.GoesOn goesOn -> {}
      case Verdict.Finished finished -> throw Ended.well();
      case Verdict.Failed(Verdict.Standing last) -> throw Ended.with(last);
    }
  }

  /** Whether all that are up were seen running: none is about to be judged. */
  boolean isRunning() {
    return parts.values().stream().filter(Part::isUp).allMatch(Part::wasRunning);
  }

  /** Whether all that are to run do, and their own health checks have nothing against them. */
  boolean isWell() {
    return !isEngineAway
        && parts.values().stream()
            .allMatch(
                part ->
                    part.isDone()
                        || part.isUp()
                            && part.wasRunning()
                            && (part.health().isEmpty() || part.health().equals("healthy")));
  }

  /** How long there is nothing to be done unless something happens. */
  Duration untilDue() {
    long now = System.nanoTime();
    long pause = isEngineAway ? Math.min(look.toNanos(), AWAY.toNanos()) : look.toNanos();
    long nanos = lookedNanos + pause - now;
    // Of an engine that is away nothing is asked before it is its time.
    for (Part part : isEngineAway ? List.<Part>of() : parts()) {
      if (part.state() instanceof Part.State.Waiting waiting && start.mayStart(part)) {
        nanos = Math.min(nanos, waiting.dueNanos() - now);
      } else if (part.isUp() && !part.wasRunning()) {
        nanos = Math.min(nanos, SUSPICION.minus(part.notRunningFor()).toNanos());
      }
    }
    return Duration.ofNanos(Math.max(0, nanos));
  }
}

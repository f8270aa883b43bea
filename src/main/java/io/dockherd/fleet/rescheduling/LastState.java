package io.dockherd.fleet.rescheduling;

import io.dockherd.fleet.watch.ContainerStatus;
import io.dockherd.fleet.watch.KnownEngine;
import java.time.Duration;
import java.time.Instant;

/** Whether a container ran when its node was lost. Pure. */
final class LastState {
  /** An engine that is stopped stops its containers first, ten seconds each if they won't end. */
  private static final Duration WITH_ITS_ENGINE = Duration.ofSeconds(30);

  private LastState() {}

  /** By what the lost node had told last of the container and of its engine. */
  static boolean ran(ContainerStatus status, KnownEngine engine) {
    return switch (status.state()) {
      case "running", "paused", "restarting" -> true;
      case "exited" -> !engine.isReachable() && endedWith(engine, status.finishedMillis());
      default -> false;
    };
  }

  /** It shows as stopped, but only because its host was being switched off. */
  private static boolean endedWith(KnownEngine engine, long finishedMillis) {
    Instant gone = engine.lastContact(Instant.EPOCH);
    return finishedMillis > 0
        && gone.toEpochMilli() > 0
        && finishedMillis >= gone.minus(WITH_ITS_ENGINE).toEpochMilli();
  }
}

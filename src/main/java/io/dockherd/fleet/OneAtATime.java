package io.dockherd.fleet;

import io.dockherd.failure.Conflict;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Keeps two callers, at whichever nodes, from making something of one name at the same moment: the
 * second waits and then finds what the first has made.
 */
public record OneAtATime(Fleet fleet) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  public OneAtATime {
    Objects.requireNonNull(fleet, "fleet");
  }

  /**
   * Does it when nobody else does something of that name.
   *
   * @param name with a slash, {@code volume/data}, so that it is no container's
   * @throws Conflict when others are at it for too long
   */
  public <T> T with(String name, Supplier<T> work) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (NameClaim claim = claim(name, until)) {
        if (claim != null) {
          return work.get();
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private NameClaim claim(String name, long until) {
    try {
      return fleet.claimName(name, PATIENCE);
    } catch (Conflict busy) {
      if (System.nanoTime() - until >= 0) {
        throw new Conflict(name, name + " is just being made by another caller", "ask again");
      }
      return null;
    }
  }
}

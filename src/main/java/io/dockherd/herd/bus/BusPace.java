package io.dockherd.herd.bus;

import java.time.Duration;

/**
 * How long the bus waits for what.
 *
 * @param patience how long a registration waits until all present members have said that they know
 *     it, and a joining member until it has heard from all; past it things go on and the slow
 *     member learns later. Shorter: a consumer may be said to be ready while a busy member does not
 *     know it yet. Longer: a frozen member holds up whoever waits for a registration.
 * @param check how often every member tells a digest of its state, so that a difference, whatever
 *     made it, lasts no longer; and how often a member that has said nothing is asked again. Each
 *     costs one message of some 60 bytes to each member.
 */
public record BusPace(Duration patience, Duration check) {
  /** For real herds. */
  public static final BusPace STEADY = new BusPace(Duration.ofSeconds(2), Duration.ofSeconds(2));

  public BusPace {
    if (!patience.isPositive() || !check.isPositive()) {
      throw new IllegalArgumentException("patience and check must be longer than nothing");
    }
  }
}

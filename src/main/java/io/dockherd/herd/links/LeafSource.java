package io.dockherd.herd.links;

import io.dockherd.herd.keys.Leaf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The leaf of today: issued when first asked for, and anew when half its life has passed. No timer:
 * a node that shakes no hands needs no leaf.
 */
final class LeafSource {
  private final InstantSource clock;
  private final Function<Instant, Leaf> issue;
  private Optional<Leaf> current = Optional.empty();
  private Optional<Leaf> previous = Optional.empty();
  private Instant renewal = Instant.MIN;

  /** Leaves from {@code issue}, which gets the time it is now. */
  LeafSource(InstantSource clock, Function<Instant, Leaf> issue) {
    this.clock = clock;
    this.issue = issue;
  }

  synchronized Leaf current() {
    Instant now = clock.instant();
    if (current.isPresent() && now.isBefore(renewal)) {
      return current.get();
    }
    Leaf fresh = issue.apply(now);
    Duration life = Duration.between(now, fresh.certificate().getNotAfter().toInstant());
    renewal = now.plus(life.dividedBy(2));
    previous = current;
    current = Optional.of(fresh);
    return fresh;
  }

  /** The leaf under that serial number, if a handshake can have begun with it. */
  synchronized Optional<Leaf> bySerial(String serial) {
    return Stream.of(current, previous)
        .flatMap(Optional::stream)
        .filter(leaf -> serial(leaf).equals(serial))
        .findFirst();
  }

  /** Lets the next handshake have a new one. */
  synchronized void forget() {
    renewal = Instant.MIN;
  }

  static String serial(Leaf leaf) {
    return leaf.certificate().getSerialNumber().toString(16);
  }
}

package io.dockherd.herd.group;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps apart for a while those who lost each other again and again: a link that comes and goes
 * would have the herd part and merge with it, and all its containers' owners with that.
 *
 * <p>Whoever was lost {@link #LOSSES} times within {@link #WINDOW} is not to be met again before
 * the first of these is that long ago.
 */
final class FlapDamping<P> {
  static final int LOSSES = 5;
  static final Duration WINDOW = Duration.ofMinutes(5);

  private final Map<P, Deque<Long>> losses = new HashMap<>();

  /**
   * These are not in the view any more.
   *
   * @param nowNanos as of {@link System#nanoTime}
   */
  synchronized void lost(Collection<P> peers, long nowNanos) {
    losses.values().removeIf(times -> isOver(times.getLast(), nowNanos));
    for (P peer : peers) {
      Deque<Long> times = losses.computeIfAbsent(peer, _ -> new ArrayDeque<>());
      times.add(nowNanos);
      if (times.size() > LOSSES) {
        times.removeFirst();
      }
    }
  }

  /** Whether that peer is not to be met yet. */
  synchronized boolean holds(P peer, long nowNanos) {
    Deque<Long> times = losses.get(peer);
    return times != null && times.size() == LOSSES && !isOver(times.getFirst(), nowNanos);
  }

  private static boolean isOver(long atNanos, long nowNanos) {
    return nowNanos - atNanos >= WINDOW.toNanos();
  }
}

package io.dockherd.fleet.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * Puts events that come in from many engines into the order they happened in.
 *
 * <p>The rule: every event is held back for the same short time, counted from when it came in and
 * not from its stamp; when its time is over it goes out, and before it those that wait with an
 * earlier place. So nothing ever waits longer than that, whatever the clocks say, and nothing moves
 * further than that.
 *
 * <p>An event's place is its engine's own stamp while that differs from this node's clock by less
 * than {@code skew}; else (a clock that is an hour off; an event that was told late, after a link
 * was cut) the moment it came in. Events of one journal keep their order in any case.
 *
 * <p>Not safe for several threads; its caller says what time it is.
 */
final class ReorderWindow {
  /** More than that are not held back: who is flooded has other worries than the order. */
  private static final int MOST = 10_000;

  private final long holdNanos;
  private final long skewNanos;
  private final Map<String, Long> lastPlaces = new HashMap<>();
  private final Deque<Held> byArrival = new ArrayDeque<>();
  private final PriorityQueue<Held> byPlace =
      new PriorityQueue<>(
          Comparator.comparingLong((Held held) -> held.event.placedNanos())
              .thenComparingLong(held -> held.order));
  private long order;

  private static final class Held {
    private final HerdEvent event;
    private final long due;
    private final long order;
    private boolean isOut;

    private Held(HerdEvent event, long due, long order) {
      this.event = event;
      this.due = due;
      this.order = order;
    }
  }

  ReorderWindow(Duration hold, Duration skew) {
    this.holdNanos = hold.toNanos();
    this.skewNanos = skew.toNanos();
  }

  /**
   * An event came in.
   *
   * @param event placed by its own stamp
   * @param wallNanos this node's clock, since 1970
   * @param now as {@link System#nanoTime}
   * @param isHeld whether something that happened before may still come in
   */
  void add(HerdEvent event, long wallNanos, long now, boolean isHeld) {
    long stamp = event.placedNanos();
    boolean isBelieved = stamp >= wallNanos - skewNanos && stamp <= wallNanos + skewNanos;
    long last = lastPlaces.getOrDefault(event.journal(), Long.MIN_VALUE);
    long place = Math.max(isBelieved ? stamp : wallNanos, last);
    lastPlaces.put(event.journal(), place);
    Held held = new Held(event.placed(place), isHeld ? now + holdNanos : now, order++);
    byArrival.add(held);
    byPlace.add(held);
  }

  /** What goes out now, in order. */
  List<HerdEvent> due(long now) {
    long reached = Long.MIN_VALUE;
    while (!byArrival.isEmpty() && isDue(byArrival.peek(), now)) {
      Held held = byArrival.remove();
      if (!held.isOut) {
        reached = Math.max(reached, held.event.placedNanos());
      }
    }
    List<HerdEvent> out = new ArrayList<>();
    while (!byPlace.isEmpty() && byPlace.peek().event.placedNanos() <= reached) {
      Held held = byPlace.remove();
      held.isOut = true;
      out.add(held.event);
    }
    return out;
  }

  private boolean isDue(Held held, long now) {
    return held.isOut || held.due - now <= 0 || byArrival.size() > MOST;
  }

  /** When something goes out next, as {@link System#nanoTime}; empty while nothing waits. */
  OptionalLong nextDue() {
    return byArrival.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byArrival.peek().due);
  }

  /** A journal is followed no more. */
  void forget(String journal) {
    lastPlaces.remove(journal);
  }
}

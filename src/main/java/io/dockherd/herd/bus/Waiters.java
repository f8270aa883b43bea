package io.dockherd.herd.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Those who wait for something to become true, each at most for a time. Not thread-safe. */
final class Waiters {
  private record Waiter(long deadline, BooleanSupplier met, Runnable then) {}

  private final List<Waiter> waiting = new ArrayList<>();

  /** Has {@code then} run when the condition is met, or when the limit has passed all the same. */
  void add(Duration limit, BooleanSupplier met, Runnable then) {
    waiting.add(new Waiter(System.nanoTime() + limit.toNanos(), met, then));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Hands over those whose condition is met or whose time has passed. */
  void release(InOrder to) {
    long now = System.nanoTime();
    for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (waiter.met().getAsBoolean() || now - waiter.deadline() >= 0) {
        each.remove();
        to.add(waiter.then());
      }
    }
  }

  /** Hands over all. */
  void releaseAll(InOrder to) {
    waiting.forEach(waiter -> to.add(waiter.then()));
    waiting.clear();
  }
}

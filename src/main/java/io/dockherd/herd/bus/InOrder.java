package io.dockherd.herd.bus;

import io.dockherd.telemetry.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs things one after the other in the order they were added, on the threads of those who add
 * them: whoever drains first runs what the others add meanwhile.
 *
 * <p>Things are added under a lock and drained outside it, so that listeners may call back and yet
 * see changes in their order.
 */
final class InOrder {
  private static final Log LOG = Log.of(InOrder.class);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger drains = new AtomicInteger();

  void add(Runnable thing) {
    waiting.add(thing);
  }

  /** Runs what waits, unless another thread is at it: then that one runs it. */
  void drain() {
    if (drains.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    do {
      for (Runnable thing = waiting.poll(); thing != null; thing = waiting.poll()) {
        run(thing);
      }
      seen = drains.addAndGet(-seen);
    } while (seen > 0);
  }

  private static void run(Runnable thing) {
    try {
      thing.run();
    } catch (RuntimeException e) {
      LOG.error("a listener of the bus failed", e);
    }
  }
}

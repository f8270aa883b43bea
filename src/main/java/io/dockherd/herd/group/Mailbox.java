package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Runs what it is given one after the other, on a virtual thread that exists only while there is
 * something to run.
 *
 * <p>Unbounded by itself: what peers may put in is bounded by their {@link Window}s.
 */
final class Mailbox {
  private static final Log LOG = Log.of(Mailbox.class);
  private static final ScopedValue<Mailbox> CURRENT = ScopedValue.newInstance();

  private final String name;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;
  private boolean closed;

  Mailbox(String name) {
    this.name = name;
  }

  synchronized void put(Runnable delivery) {
    if (closed) {
      return;
    }
    waiting.add(delivery);
    if (!running) {
      running = true;
      Thread.ofVirtual()
          .name("group-" + name)
          .start(() -> ScopedValue.where(CURRENT, this).run(this::drain));
    }
  }

  /** Whether the caller is being run by a mailbox right now, of whatever channel. */
  static boolean isDelivering() {
    return CURRENT.isBound();
  }

  /** Drops what waits; nothing is run any more but what runs already. */
  synchronized void close() {
    closed = true;
    waiting.clear();
  }

  private void drain() {
    for (Runnable delivery = next(); delivery != null; delivery = next()) {
      try {
        delivery.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a participant failed", e, "channel", name);
      }
    }
  }

  private synchronized Runnable next() {
    Runnable delivery = waiting.poll();
    if (delivery == null) {
      running = false;
    }
    return delivery;
  }
}

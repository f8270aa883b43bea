package io.dockherd.fleet.events;

import io.dockherd.telemetry.Log;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Brings what comes in from all sides into order on one virtual thread and tells it to all. */
final class Merging implements AutoCloseable {
  private static final Log LOG = Log.of(Merging.class);

  private final InstantSource clock;
  private final ReorderWindow window;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<Consumer<HerdEvent>> listeners = new CopyOnWriteArrayList<>();
  private final BooleanSupplier isAlone;
  private boolean isClosed;

  /**
   * @param isAlone whether there is no other node just now
   */
  Merging(FeedSettings settings, InstantSource clock, BooleanSupplier isAlone) {
    this.isAlone = isAlone;
    this.clock = clock;
    this.window = new ReorderWindow(settings.hold(), settings.skew());
  }

  void start() {
    Thread.ofVirtual().name("herd events").start(this::run);
  }

  /** An event came in, placed by its own stamp. Does not wait. */
  void add(HerdEvent event) {
    lock.lock();
    try {
      window.add(
          event, Happening.nanos(clock.instant()), System.nanoTime(), !isAlone.getAsBoolean());
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** That journal will come no more. */
  void forget(String journal) {
    lock.lock();
    try {
      window.forget(journal);
    } finally {
      lock.unlock();
    }
  }

  /** Tells a listener from now on; he must not wait. */
  void listen(Consumer<HerdEvent> listener) {
    listeners.add(listener);
  }

  void unlisten(Consumer<HerdEvent> listener) {
    listeners.remove(listener);
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (List<HerdEvent> next = next(); !next.isEmpty(); next = next()) {
        next.forEach(this::tell);
      }
    } catch (InterruptedException e) {
      LOG.debug("merging of events ends", "reason", e);
    }
  }

  /** Waits for what goes out next; nothing when it is over. */
  private List<HerdEvent> next() throws InterruptedException {
    lock.lock();
    try {
      while (!isClosed) {
        List<HerdEvent> out = window.due(System.nanoTime());
        if (!out.isEmpty()) {
          return out;
        }
        OptionalLong due = window.nextDue();
        if (due.isEmpty()) {
          arrived.await();
        } else {
          arrived.await(due.getAsLong() - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private void tell(HerdEvent event) {
    for (Consumer<HerdEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException e) {
        LOG.error("a follower of the herd's events failed", e, "node", event.node());
      }
    }
  }
}

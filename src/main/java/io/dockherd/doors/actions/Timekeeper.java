package io.dockherd.doors.actions;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds work to its time from outside: interrupts the thread of what is late, and if even that does
 * not help, says so.
 *
 * <p>One thread looks over all that is under way, forty times a second. A timer for each, or a
 * second thread to wait for the first, would take longer than most actions.
 */
final class Timekeeper implements AutoCloseable {
  private static final long PERIOD_NANOS = Duration.ofMillis(25).toNanos();

  /** With nothing to look at for so many rounds it sleeps until there is. */
  private static final int ROUNDS_AWAKE = 40;

  private final Set<Shift> shifts = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean isAsleep;
  private volatile boolean isClosed;

  Timekeeper() {
    thread = Thread.ofVirtual().name("timekeeper").start(this::watch);
  }

  /**
   * The calling thread begins work that may take {@code limit}; it must {@link Shift#end}.
   *
   * @param stuck what is done, once, when it does not end even {@code grace} after it has been
   *     interrupted
   */
  Shift begin(Duration limit, Duration grace, Runnable stuck) {
    long late = System.nanoTime() + limit.toNanos();
    Shift shift = new Shift(Thread.currentThread(), late, late + grace.toNanos(), stuck);
    shifts.add(shift);
    if (isAsleep) {
      LockSupport.unpark(thread);
    }
    return shift;
  }

  /** Whether it waits for work rather than look again and again. */
  boolean isAsleep() {
    return isAsleep;
  }

  /** Lets go of everything: whoever is at work is interrupted. */
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
  }

  private void watch() {
    int quiet = 0;
    while (!isClosed) {
      quiet = shifts.isEmpty() ? quiet + 1 : 0;
      if (quiet < ROUNDS_AWAKE) {
        LockSupport.parkNanos(PERIOD_NANOS);
      } else {
        sleep();
        quiet = 0;
      }
      long now = System.nanoTime();
      shifts.forEach(shift -> shift.look(now));
    }
    shifts.forEach(Shift::interrupt);
  }

  private void sleep() {
    isAsleep = true;
    // Looked at again after the flag is up: whoever began in between did not see it.
    if (shifts.isEmpty() && !isClosed) {
      LockSupport.park(this);
    }
    isAsleep = false;
  }

  /** One thread's work. */
  final class Shift {
    private final Thread worker;
    private final long lateNanos;
    private final long stuckNanos;
    private final Runnable stuck;
    private boolean isInterrupted;
    private boolean isStuck;
    private boolean isOver;

    private Shift(Thread worker, long lateNanos, long stuckNanos, Runnable stuck) {
      this.worker = worker;
      this.lateNanos = lateNanos;
      this.stuckNanos = stuckNanos;
      this.stuck = stuck;
    }

    /**
     * The work is over, one way or the other.
     *
     * @return whether it was late; the interrupt that told it so is taken back
     */
    synchronized boolean end() {
      isOver = true;
      shifts.remove(this);
      if (isInterrupted) {
        Thread.interrupted();
      }
      return isInterrupted;
    }

    private void look(long now) {
      if (now - lateNanos > 0) {
        interrupt();
      }
      if (now - stuckNanos > 0 && claimStuck()) {
        stuck.run();
      }
    }

    private synchronized void interrupt() {
      if (!isOver && !isInterrupted) {
        isInterrupted = true;
        worker.interrupt();
      }
    }

    private synchronized boolean claimStuck() {
      boolean first = !isOver && !isStuck;
      isStuck = true;
      return first;
    }
  }
}

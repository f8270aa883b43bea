package io.dockherd.apps.pods;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What an instance's thread waits at: it is rung when there may be something to see, and when the
 * instance is to stop, which ends every waiting at once. However often it is rung meanwhile, the
 * thread looks once.
 */
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private boolean isRung;
  private boolean isEngineMissed;
  private boolean isToStop;
  private boolean isClosed;
  private String reason = "";
  private Thread interruptible;

  /** The instance is to stop: thrown on its thread out of whatever it waits for. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(String reason) {
      super(reason, null, false, false);
    }
  }

  /** The node goes: the thread ends, and what runs runs on. */
  static final class Left extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Left() {
      super("the node goes", null, false, false);
    }
  }

  /** There may be something to see. */
  void ring() {
    lock.lock();
    try {
      isRung = true;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The engine is lost: what ended of late may have ended with it. */
  void missEngine() {
    lock.lock();
    try {
      isEngineMissed = true;
      isRung = true;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the engine was lost since this was asked last, though nobody may have noticed. */
  boolean wasEngineMissed() {
    lock.lock();
    try {
      boolean wasMissed = isEngineMissed;
      isEngineMissed = false;
      return wasMissed;
    } finally {
      lock.unlock();
    }
  }

  /** The instance is to stop; true when nobody had said so before. */
  boolean stop(String why) {
    lock.lock();
    try {
      if (isToStop) {
        return false;
      }
      isToStop = true;
      reason = why;
      wake();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The node goes. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    isRung = true;
    rung.signalAll();
    if (interruptible != null) {
      interruptible.interrupt();
    }
  }

  /** Whether it is to stop. */
  boolean isToStop() {
    lock.lock();
    try {
      return isToStop;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on unless the instance is to stop or the node goes.
   *
   * @throws Stopped when it is to stop
   * @throws Left when the node goes
   */
  void check() {
    lock.lock();
    try {
      if (isClosed) {
        throw new Left();
      }
      if (isToStop) {
        throw new Stopped(reason);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it is rung, or so long. */
  void await(Duration limit) {
    check();
    park(limit, () -> isRung || isToStop || isClosed);
    check();
  }

  /** Waits so long, whatever rings; only a stop ends it. */
  void sleep(Duration time) {
    check();
    park(time, () -> isToStop || isClosed);
    check();
  }

  /** Waits so long though the instance is to stop; ends when the node goes. */
  void pause(Duration time) {
    park(time, () -> isClosed);
    lock.lock();
    try {
      if (isClosed) {
        throw new Left();
      }
    } finally {
      lock.unlock();
    }
  }

  private void park(Duration limit, BooleanSupplier isOver) {
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (nanos > 0 && !isOver.getAsBoolean()) {
        nanos = rung.awaitNanos(nanos);
      }
      isRung = false;
    } catch (InterruptedException e) {
      // Nobody does that to a thread that waits here.
      Thread.currentThread().interrupt();
      throw new Left();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does something that waits for long and may be broken off where it waits: a pull, a download.
   */
  void interruptibly(Runnable work) {
    check();
    lock.lock();
    interruptible = Thread.currentThread();
    lock.unlock();
    try {
      work.run();
    } catch (RuntimeException e) {
      endInterruptible();
      check();
      throw e;
    }
    endInterruptible();
    check();
  }

  private void endInterruptible() {
    lock.lock();
    try {
      interruptible = null;
      // An interrupt that came as it ended anyway.
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }
}

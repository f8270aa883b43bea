package io.dockherd.herd.group;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The back-pressure between this peer and one other, for as long as both share a view.
 *
 * <p>What is sent counts against the window until the receiver's participants have taken it in and
 * the receiver says so. The library's own flow control grants credit when a message has arrived,
 * not when it has been dealt with, so a slow participant would pile messages up without bound; and
 * it blocks the library's threads, which then miss heartbeats.
 */
final class Window {
  private final int bytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long sent;
  private long granted;
  private boolean closed;
  private long taken;
  private long told;

  Window(int bytes) {
    this.bytes = bytes;
  }

  /** Counts a message to be sent, whatever the peer has taken in. */
  void count(int length) {
    lock.lock();
    try {
      sent += length;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the peer has taken in enough, then counts the message. One message may overshoot
   * the window, so that none is too long for it.
   *
   * @return false when the peer is gone, or the limit has passed
   */
  boolean await(int length, Duration limit) {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!closed && sent - granted >= bytes) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      sent += length;
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** The peer has taken in that many of our bytes since we share a view. */
  void grant(long total) {
    lock.lock();
    try {
      granted = Math.min(sent, Math.max(granted, total));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Our participants have taken in a message of the peer's.
   *
   * @return what to tell the peer: the total so far; or -1 for not yet
   */
  long take(int length) {
    lock.lock();
    try {
      taken += length;
      if (taken - told < bytes / 4) {
        return -1;
      }
      told = taken;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** The peer is gone: nobody waits for it any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

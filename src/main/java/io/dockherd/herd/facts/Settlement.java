package io.dockherd.herd.facts;

import io.dockherd.herd.group.PeerId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** How much of ours each peer is known to hold, and those who wait for it. */
final class Settlement {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<PeerId, Long> held = new HashMap<>();

  /** The peer holds everything up to {@code sequence}. */
  void onHeld(PeerId peer, long sequence) {
    lock.lock();
    try {
      held.merge(peer, sequence, Math::max);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The peer has gone: when it is back it is to say again what it holds. */
  void onLeft(PeerId peer) {
    lock.lock();
    try {
      held.remove(peer);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Who is awaited has changed. */
  void onMembers() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all {@code awaited} hold everything up to {@code sequence}; false when not. */
  boolean await(long sequence, Supplier<? extends Collection<PeerId>> awaited, Duration limit) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!awaited.get().stream().allMatch(peer -> held.getOrDefault(peer, -1L) >= sequence)) {
        if (left <= 0) {
          return false;
        }
        left = news.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}

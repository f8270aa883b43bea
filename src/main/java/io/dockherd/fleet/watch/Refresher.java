package io.dockherd.fleet.watch;

import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Does one kind of work over and over, one round at a time; whatever is asked for while a round
 * runs is done together in the next. So twenty calls at once cost two rounds, not twenty, and each
 * caller's round began after it asked.
 */
final class Refresher implements AutoCloseable {
  /** The work. */
  interface Round {
    /** Does it for those keys. */
    void run(Set<String> keys);
  }

  private static final Log LOG = Log.of(Refresher.class);

  private final String subject;
  private final Duration retry;
  private final BooleanSupplier isWorthRetrying;
  private final Round round;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread worker;
  private Set<String> wanted = new HashSet<>();
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private long dueNanos;
  private boolean isClosed;

  /**
   * @param subject what is worked at, for the log
   * @param retry the pause after a round that failed, before its keys are tried again
   * @param isWorthRetrying asked then; when not, the keys are dropped
   */
  Refresher(String subject, Duration retry, BooleanSupplier isWorthRetrying, Round round) {
    this.subject = subject;
    this.retry = retry;
    this.isWorthRetrying = isWorthRetrying;
    this.round = round;
    this.worker = Thread.ofVirtual().name("refresh " + subject).start(this::work);
  }

  /**
   * In the next round, at once; completes when that round is over, with its failure if it failed.
   */
  CompletableFuture<Void> now(Set<String> keys) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lock.lock();
    try {
      if (isClosed) {
        done.cancel(false);
        return done;
      }
      waiting.add(done);
      want(keys, Duration.ZERO);
    } finally {
      lock.unlock();
    }
    return done;
  }

  /** In the next round, at the latest after that pause. */
  void within(Duration pause, Set<String> keys) {
    lock.lock();
    try {
      want(keys, pause);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      waiting.forEach(done -> done.cancel(false));
      waiting.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    worker.interrupt();
  }

  private void want(Set<String> keys, Duration pause) {
    long due = System.nanoTime() + pause.toNanos();
    dueNanos = wanted.isEmpty() || due - dueNanos < 0 ? due : dueNanos;
    wanted.addAll(keys);
    changed.signal();
  }

  private void work() {
    try {
      while (true) {
        List<CompletableFuture<Void>> asked = new ArrayList<>();
        Set<String> keys = next(asked);
        if (keys.isEmpty()) {
          return;
        }
        run(keys, asked);
      }
    } catch (InterruptedException e) {
      // Closed: that is how the worker is told.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the next round's keys; none when closed. */
  private Set<String> next(List<CompletableFuture<Void>> asked) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isClosed) {
        long pause = dueNanos - System.nanoTime();
        if (!wanted.isEmpty() && pause <= 0) {
          Set<String> keys = wanted;
          wanted = new HashSet<>();
          asked.addAll(waiting);
          waiting = new ArrayList<>();
          return keys;
        }
        if (wanted.isEmpty()) {
          changed.await();
        } else {
          changed.await(pause, TimeUnit.NANOSECONDS);
        }
      }
      return Set.of();
    } finally {
      lock.unlock();
    }
  }

  private void run(Set<String> keys, List<CompletableFuture<Void>> asked) {
    try {
      round.run(keys);
      asked.forEach(done -> done.complete(null));
    } catch (Failure e) {
      LOG.debug("refresh failed", "of", subject, "reason", e.getMessage());
      failed(keys, asked, e);
    } catch (RuntimeException e) {
      LOG.error("refresh failed", e, "of", subject);
      failed(keys, asked, e);
    }
  }

  private void failed(Set<String> keys, List<CompletableFuture<Void>> asked, RuntimeException e) {
    asked.forEach(done -> done.completeExceptionally(e));
    if (isWorthRetrying.getAsBoolean()) {
      within(retry, keys);
    }
  }
}

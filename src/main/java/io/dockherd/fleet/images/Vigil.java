package io.dockherd.fleet.images;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Looks after a thread that waits for a node, for as long as it may take: interrupts it when the
 * node has been out of reach for a while. Pulls and loads are silent for minutes; only whoever
 * watches the engine can tell a busy one from one that hangs.
 */
public final class Vigil implements AutoCloseable {
  /** Long enough for an engine that is only restarted to be told from one that is gone. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Thread waiting;
  private final Supplier<Optional<String>> trouble;
  private final long patienceNanos;
  private final Thread watcher;
  private volatile Optional<String> reason = Optional.empty();
  private boolean isClosed;

  /**
   * Begins over the current thread.
   *
   * @param trouble why the node can't be reached; empty when it can
   */
  public Vigil(Supplier<Optional<String>> trouble, Duration patience) {
    this.waiting = Thread.currentThread();
    this.trouble = trouble;
    this.patienceNanos = patience.toNanos();
    this.watcher = Thread.ofVirtual().name("vigil").start(this::watch);
  }

  private void watch() {
    long since = 0;
    while (!isOver()) {
      Optional<String> now = trouble.get();
      long nanos = System.nanoTime();
      since = now.isEmpty() ? 0 : since == 0 ? nanos : since;
      if (since != 0 && nanos - since >= patienceNanos) {
        giveUp(now);
        return;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private synchronized boolean isOver() {
    return isClosed;
  }

  private synchronized void giveUp(Optional<String> why) {
    if (!isClosed) {
      reason = why;
      waiting.interrupt();
    }
  }

  /** Why the thread was interrupted; empty when it was not, or not by this. */
  public Optional<String> reason() {
    return reason;
  }

  /** Ends it. An interruption that was its own is taken back. */
  @Override
  public synchronized void close() {
    isClosed = true;
    LockSupport.unpark(watcher);
    if (reason.isPresent()) {
      Thread.interrupted();
    }
  }
}

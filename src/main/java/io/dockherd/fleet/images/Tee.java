package io.dockherd.fleet.images;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One stream of bytes for several readers, none of it kept but what the fastest is ahead of the
 * slowest, and that is bounded: the slowest sets the pace. A reader who holds the others up, or has
 * not taken the rest when all is here, and takes next to nothing is dropped.
 */
public final class Tee implements AutoCloseable {
  /** A reader was left behind. */
  public static final class LeftBehind extends Exception {
    private static final long serialVersionUID = 1L;

    LeftBehind(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * How patient it is with slow readers.
   *
   * @param aheadBytes so much may wait for a reader before the source is held back for it
   * @param patience a reader for whom the source is held back is looked at this often, and dropped
   * @param leastBytes when it took less than this since
   */
  public record Pace(int aheadBytes, Duration patience, int leastBytes) {
    /** A megabyte in half a minute is slower than any disk or network that is still of use. */
    public static final Pace USUAL = new Pace(1 << 20, Duration.ofSeconds(30), 1 << 20);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReadStream<Buffer> source;
  private final Pace pace;
  private final List<TeeBranch> branches = new ArrayList<>();
  private boolean isHeldBack;

  /** All is here; some of it may still wait for readers. */
  private boolean hasEnded;

  private boolean isOver;

  /**
   * A tee for so many readers; nothing flows before {@link #start}.
   *
   * @param source paused
   */
  public Tee(ReadStream<Buffer> source, int readers, Pace pace) {
    this.source = source;
    this.pace = pace;
    for (int i = 0; i < readers; i++) {
      branches.add(new TeeBranch(this::taken));
    }
  }

  /** What the reader of that number reads; paused. */
  public ReadStream<Buffer> branch(int number) {
    return branches.get(number);
  }

  /** Lets it flow. */
  public void start() {
    source.exceptionHandler(cause -> over(branch -> branch.fail(cause)));
    source.endHandler(end -> ended());
    source.handler(this::pour);
    Thread.ofVirtual().name("tee").start(this::watch);
    source.resume();
  }

  /** Leaves a reader behind, for a reason of the caller's. */
  public void drop(int number, String reason) {
    branches.get(number).fail(new LeftBehind(reason));
    taken();
  }

  /** Why a reader was left behind; empty when it was not. */
  public Optional<String> leftBehind(int number) {
    return branches
        .get(number)
        .failure()
        .filter(LeftBehind.class::isInstance)
        .map(Throwable::getMessage);
  }

  /** That reader wants no more; the others go on. */
  public void leave(int number) {
    branches.get(number).leave();
    taken();
  }

  /** Nobody reads any more; what is left of the source is for others to see to. */
  @Override
  public void close() {
    branches.forEach(TeeBranch::leave);
    over(branch -> {});
  }

  private void over(java.util.function.Consumer<TeeBranch> telling) {
    lock.lock();
    try {
      isOver = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    branches.forEach(telling);
  }

  private void ended() {
    lock.lock();
    try {
      hasEnded = true;
      branches.forEach(TeeBranch::beginCounting);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    branches.forEach(TeeBranch::end);
  }

  private void pour(Buffer bytes) {
    branches.forEach(branch -> branch.add(bytes));
    lock.lock();
    try {
      if (!isHeldBack && isAnyFull()) {
        isHeldBack = true;
        branches.forEach(TeeBranch::beginCounting);
        source.pause();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    // Whoever took in the meantime found nothing held back.
    taken();
  }

  private boolean isAnyFull() {
    return branches.stream().anyMatch(branch -> branch.waitingBytes() > pace.aheadBytes());
  }

  /** Whether it is for a reader now that things go on: the source waits for it, or has ended. */
  private boolean isUpToReaders() {
    return isHeldBack || hasEnded && branches.stream().anyMatch(this::isBehind);
  }

  private boolean isBehind(TeeBranch branch) {
    return branch.waitingBytes() > (hasEnded ? 0 : pace.aheadBytes());
  }

  /** A reader took something, or left. */
  private void taken() {
    lock.lock();
    try {
      if (isHeldBack && !isAnyFull()) {
        isHeldBack = false;
        changed.signalAll();
        source.resume();
      }
      if (hasEnded && !isUpToReaders()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      while (awaitReadersTurn()) {
        if (isUpToReadersAfter(pace.patience())) {
          for (int i = 0; i < branches.size(); i++) {
            TeeBranch branch = branches.get(i);
            if (isBehind(branch) && branch.takenSinceCounting() < pace.leastBytes()) {
              drop(
                  i,
                  "it held the others up and took only "
                      + branch.takenSinceCounting()
                      + " bytes in "
                      + pace.patience().toMillis() / 1000.0
                      + " s");
            }
            branch.beginCounting();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when it is over, or all has been taken. */
  private boolean awaitReadersTurn() throws InterruptedException {
    lock.lock();
    try {
      while (!isUpToReaders() && !hasEnded && !isOver) {
        changed.await();
      }
      return isUpToReaders() && !isOver;
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is still for readers to go on, without a pause, after so long. */
  private boolean isUpToReadersAfter(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (isUpToReaders() && !isOver && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isUpToReaders() && !isOver;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the source waits for a reader. */
  boolean isHeldBack() {
    lock.lock();
    try {
      return isHeldBack;
    } finally {
      lock.unlock();
    }
  }
}

package io.dockherd.herd.records;

import io.dockherd.herd.group.PeerId;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The electorate as this node sees it, and whether it may write: in a new one it does so only once
 * each other node, asked anew and of the same electorate, is known to hold nothing that is not held
 * here. So whoever becomes a key's steward goes on from the last write of the one before, also when
 * it comes fresh into the herd.
 *
 * <p>A node that does not say what it holds is not waited for longer than {@link #PATIENCE}: to be
 * able to write counts for more, and what it held is merged when it comes.
 */
final class Council {
  /** Far above what healthy nodes need, below what callers wait for. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Such numbers no herd reaches in its life; a higher one is nonsense and would stay for ever. */
  private static final long EPOCH_MAX = 1L << 40;

  private static final Log LOG = Log.of(Council.class);

  private final PeerId self;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final AtomicLong warned = new AtomicLong();
  private final Set<PeerId> heard = new HashSet<>();
  private volatile boolean isComplete;
  private volatile long epoch;
  private volatile Session session = new Session(0, new Electorate(List.of()), 0);

  /**
   * An electorate as long as it lasts.
   *
   * @param number higher for each: the same electorate may come again, and what was said in its
   *     first time must not count in its second. Also higher than that of any session that this
   *     node took part in elsewhere: see {@link #epoch}
   */
  record Session(long number, Electorate electorate, long sinceNanos) {}

  Council(PeerId self) {
    this.self = self;
  }

  Session session() {
    return session;
  }

  Electorate electorate() {
    return session.electorate();
  }

  /** Who else is in it. */
  List<Electorate.Voter> others() {
    return electorate().voters().stream().filter(voter -> !voter.peer().equals(self)).toList();
  }

  /**
   * Installs the electorate that {@code current} gives, if it is not installed already.
   *
   * @param complete whether all present peers are known: a newcomer that does not know the others
   *     yet must not take itself for alone
   */
  void install(Supplier<Electorate> current, BooleanSupplier complete) {
    lock.lock();
    try {
      isComplete = complete.getAsBoolean();
      change.signalAll();
      // Asked here, so that of two who come at once the later does not install the older.
      Electorate next = current.get();
      if (!next.equals(electorate())) {
        epoch++;
        session = new Session(epoch, next, System.nanoTime());
        heard.clear();
        change.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The highest number of a session known here: its own, those others told, those writes were made
   * in. A node begins a session by telling all its number, and writes when all have answered; so
   * whoever begins one after that, or hears of those who did, has a higher number.
   */
  long epoch() {
    return epoch;
  }

  /** There was a session of that number somewhere. */
  void onEpoch(long other) {
    lock.lock();
    try {
      epoch = other > EPOCH_MAX ? epoch : Math.max(epoch, other);
    } finally {
      lock.unlock();
    }
  }

  /** What that peer held after the session began is held here. */
  void onHeard(PeerId peer, long sessionNumber) {
    lock.lock();
    try {
      if (session.number() == sessionNumber) {
        heard.add(peer);
        change.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #onHeard} was called of that peer in this session. */
  boolean hasHeard(PeerId peer) {
    lock.lock();
    try {
      return heard.contains(peer);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the electorate need not be complete any more. */
  boolean isOutOfPatience() {
    Session now = session;
    boolean out = System.nanoTime() - now.sinceNanos() > PATIENCE.toNanos();
    if (out && warned.getAndSet(now.number()) != now.number()) {
      LOG.warn("records are written though not all nodes have said what they hold");
    }
    return out;
  }

  /** Whether that peer looks after the key. */
  boolean isSteward(PeerId peer, String key) {
    return electorate().steward(key).filter(voter -> voter.peer().equals(peer)).isPresent();
  }

  /** Whether this node may write the key now. */
  boolean mayWrite(String key) {
    // In one go: with a change of electorate in between it could be the steward of the old one and
    // in session with the new one, and write beside its successor.
    lock.lock();
    try {
      return isSteward(self, key) && isInSession();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until this node may write the key or need not; false when neither comes in time. */
  boolean awaitDecision(String key, Deadline deadline) {
    return await(() -> mayWrite(key) || !electorateIsForMe(key), deadline);
  }

  /** Waits until that peer looks after the key. */
  boolean awaitSteward(PeerId peer, String key, Deadline deadline) {
    return await(() -> isSteward(peer, key), deadline);
  }

  /** Waits until the electorate is another one than that. */
  boolean awaitOther(Electorate than, Deadline deadline) {
    return await(() -> !electorate().equals(than), deadline);
  }

  private boolean electorateIsForMe(String key) {
    return electorate().voters().isEmpty() || isSteward(self, key);
  }

  private boolean isInSession() {
    return isComplete && others().stream().allMatch(voter -> hasHeard(voter.peer()))
        || isOutOfPatience();
  }

  private boolean await(BooleanSupplier condition, Deadline deadline) {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        long left = deadline.nanosLeft();
        if (left <= 0) {
          return false;
        }
        // No signal comes when patience runs out.
        change.await(Math.min(left, PATIENCE.toNanos() / 10), TimeUnit.NANOSECONDS);
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

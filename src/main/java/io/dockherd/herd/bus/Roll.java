package io.dockherd.herd.bus;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who is on the bus and where, and which address has consumers at whom, as this member knows it.
 * Safe for any number of threads; never waits but in {@link #awaitLetters}.
 */
final class Roll {
  /** How often those who wait are looked after. */
  private static final Duration TICK = Duration.ofMillis(50);

  /** The revision of us that somebody knows who knows nothing. */
  private static final long NOTHING = -1;

  private final PeerId self;
  private final BusPace pace;
  private final Listeners listeners;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition due = lock.newCondition();
  private final OwnEnd own = new OwnEnd();
  private final OtherEnds others = new OtherEnds();
  private final Outbox outbox = new Outbox(own);
  private final Waiters waiters = new Waiters();
  private final InOrder events = new InOrder();

  /** The other present peers, and which revision of us each knows. */
  private final Map<PeerId, Long> present = new HashMap<>();

  /** Present peers of whom we have heard nothing yet. */
  private final Set<PeerId> silent = new HashSet<>();

  private long nextCheck;
  private volatile boolean isEnded;

  Roll(PeerId self, BusPace pace, Listeners listeners) {
    this.self = self;
    this.pace = pace;
    this.listeners = listeners;
    this.nextCheck = System.nanoTime() + pace.check().toNanos();
  }

  /** This member is on the bus; {@code then} when all know, or patience is at its end. */
  void open(NodeInfo node, Runnable then) {
    locked(
        () -> {
          own.open(node);
          outbox.wholeToAll();
          whenAllKnow(then);
        });
  }

  /** This member leaves the bus. */
  void close(Runnable then) {
    locked(
        () -> {
          own.close();
          outbox.wholeToAll();
          whenAllKnow(then);
        });
  }

  /** From now on {@link #awaitLetters} doesn't wait. */
  void end() {
    locked(
        () -> {
          isEnded = true;
          waiters.releaseAll(events);
          due.signal();
        });
  }

  boolean isEnded() {
    return isEnded;
  }

  void add(String address, RegistrationInfo registration, Runnable then) {
    locked(
        () -> {
          own.add(address, registration);
          changed(Set.of(address));
          whenAllKnow(then);
        });
  }

  void remove(String address, RegistrationInfo registration, Runnable then) {
    locked(
        () -> {
          own.remove(address, registration);
          changed(Set.of(address));
          whenAllKnow(then);
        });
  }

  /** The group's view has changed. */
  void onView(View view) {
    locked(
        () -> {
          Set<PeerId> gone = new HashSet<>(present.keySet());
          view.peers().forEach(gone::remove);
          gone.forEach(this::forget);
          view.peers().stream().filter(peer -> !peer.equals(self)).forEach(this::expect);
          view.joined().stream().filter(present::containsKey).forEach(outbox::wholeTo);
          if (view.healed()) {
            outbox.wholeToAll();
          }
          waiters.release(events);
        });
  }

  /** A peer has said something; a ghost, whom no view holds, is not listened to. */
  void onWord(PeerId from, Word word) {
    locked(
        () -> {
          if (present.containsKey(from)) {
            take(from, word);
            waiters.release(events);
          }
        });
  }

  private void forget(PeerId peer) {
    present.remove(peer);
    silent.remove(peer);
    outbox.forget(peer);
    gone(peer);
  }

  private void expect(PeerId peer) {
    if (present.putIfAbsent(peer, NOTHING) == null) {
      silent.add(peer);
      outbox.wholeTo(peer);
    }
  }

  private void take(PeerId from, Word word) {
    switch (word) {
      case Word.Whole whole -> {
        silent.remove(from);
        if (!others.has(from)) {
          events.add(() -> listeners.nodeAdded(from.value()));
        }
        changed(others.put(from, whole));
        outbox.known(from, whole.revision());
      }
      case Word.Absent(long revision) -> {
        silent.remove(from);
        gone(from);
        outbox.known(from, revision);
      }
      case Word.Change change -> {
        if (!silent.contains(from)) {
          take(from, change);
        }
      }
      case Word.Digest digest -> {
        if (!others.agrees(from, digest)) {
          outbox.ask(from);
        }
      }
      case Word.Known(long revision) -> present.merge(from, revision, Long::max);
      case Word.Ask() -> outbox.wholeTo(from);
    }
  }

  private void take(PeerId from, Word.Change change) {
    if (others.follows(from, change)) {
      changed(others.apply(from, change));
      outbox.known(from, change.revision());
    } else if (!others.knows(from, change.revision())) {
      outbox.ask(from);
    }
  }

  private void gone(PeerId peer) {
    if (others.has(peer)) {
      changed(others.drop(peer));
      events.add(() -> listeners.nodeLeft(peer.value()));
    }
  }

  private void changed(Set<String> addresses) {
    events.add(() -> addresses.forEach(address -> listeners.changed(address, this)));
  }

  private void whenAllKnow(Runnable then) {
    long revision = outbox.nextRevision();
    when(() -> isKnownToAll(revision), then);
  }

  /** Who is not on the bus needs to know nothing; who has said nothing yet may be on it. */
  private boolean isKnownToAll(long revision) {
    return present.entrySet().stream()
        .filter(peer -> others.has(peer.getKey()) || silent.contains(peer.getKey()))
        .allMatch(peer -> peer.getValue() >= revision);
  }

  private void when(BooleanSupplier met, Runnable then) {
    // Once it has ended nobody looks after those who wait.
    if (isEnded || met.getAsBoolean()) {
      events.add(then);
    } else {
      waiters.add(pace.patience(), met, then);
      due.signal();
    }
  }

  /** Runs {@code then} when every present peer has told about its end, or patience ends. */
  void whenHeardFromAll(Runnable then) {
    locked(() -> when(silent::isEmpty, then));
  }

  /** What is registered at an address just now, here and elsewhere. */
  List<RegistrationInfo> at(String address) {
    lock.lock();
    try {
      List<RegistrationInfo> found = new ArrayList<>(own.at(address, self.value()));
      found.addAll(others.at(address));
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Who is on the bus, this member included when it is. */
  List<String> onBus() {
    lock.lock();
    try {
      List<String> ids = new ArrayList<>();
      own.node().ifPresent(node -> ids.add(self.value()));
      others.peers().forEach(peer -> ids.add(peer.value()));
      return ids;
    } finally {
      lock.unlock();
    }
  }

  /** Where a member's end is, if it is known. */
  Optional<NodeInfo> node(PeerId peer) {
    lock.lock();
    try {
      return peer.equals(self) ? own.node() : others.node(peer);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a member's end as soon as it is known, or nothing when patience ends: a newcomer's first
   * message may be faster than what it has told about itself.
   */
  void awaitNode(PeerId peer, Consumer<Optional<NodeInfo>> then) {
    locked(() -> when(() -> node(peer).isPresent(), () -> then.accept(node(peer))));
  }

  /** Waits until there is something to send, and gives it in order. */
  List<Consumer<Channel>> awaitLetters() throws InterruptedException {
    List<Consumer<Channel>> letters;
    lock.lockInterruptibly();
    try {
      if (outbox.isEmpty() && !isEnded) {
        Duration check = Duration.ofNanos(nextCheck - System.nanoTime());
        Duration limit = waiters.isEmpty() || check.compareTo(TICK) < 0 ? check : TICK;
        due.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      }
      checkIfDue();
      waiters.release(events);
      letters = outbox.take();
    } finally {
      lock.unlock();
    }
    events.drain();
    return letters;
  }

  private void checkIfDue() {
    long now = System.nanoTime();
    if (now - nextCheck < 0) {
      return;
    }
    nextCheck = now + pace.check().toNanos();
    silent.forEach(outbox::ask);
    if (own.node().isPresent() && !present.isEmpty()) {
      outbox.digest();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      if (!outbox.isEmpty()) {
        due.signal();
      }
    } finally {
      lock.unlock();
    }
    events.drain();
  }
}

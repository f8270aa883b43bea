package io.dockherd.herd.discovery;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.telemetry.Log;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Nodes that put their addresses into a store and read there those of the others. One thread does
 * both: registers, reads, waits for a change, at most until it is time to register again.
 *
 * <p>While the store is away the last list stays; a herd that has met does not need it.
 */
public final class StoredHosts implements Discovery {
  private static final Log LOG = Log.of(StoredHosts.class);

  /** How long a start waits for the store; afterwards it is looked at when the group looks. */
  private static final Duration FIRST_LIMIT = Duration.ofSeconds(3);

  /** A third of it must be time enough to ask again. */
  private static final Duration TTL_MIN = Duration.ofSeconds(10);

  private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);
  private static final Duration MENDING = Duration.ofSeconds(5);
  private static final Duration WATCH_LIMIT = Duration.ofSeconds(30);

  private final Directory directory;
  private final StoredRoster roster;
  private final Duration ttl;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Backoff backoff = new Backoff();
  private volatile List<HostPort> known = List.of();
  private Optional<Thread> keeper = Optional.empty();
  private boolean isClosed;

  // The keeper's own.
  private long registerAt;
  private long registeredAt;
  private boolean isRefused;
  private Optional<Failure> outage = Optional.empty();

  /**
   * Nobody is asked yet.
   *
   * @param ttl how long the store keeps an address that is not registered again; it is so at every
   *     third of that
   */
  StoredHosts(String url, Directory directory, Duration ttl) {
    this.directory = directory;
    this.roster = new StoredRoster(url, directory, ttl);
    this.ttl = ttl;
  }

  /**
   * Those in the store the URL means; nobody is asked yet.
   *
   * @throws Invalid when it is not understood, or nothing could be registered for so short a time
   */
  static StoredHosts open(String url, Map<String, String> options, Duration ttl) {
    if (ttl.compareTo(TTL_MIN) < 0) {
      throw new Invalid(
          "discoveryTtl",
          "a store can't keep addresses for only " + ttl.toMillis() + " ms",
          "give it " + TTL_MIN.toSeconds() + " s or more");
    }
    return new StoredHosts(url, StoreUrl.parse(url, options).open(), ttl);
  }

  /** {@inheritDoc} Registers there, before others are looked for. */
  @Override
  public void announce(InetSocketAddress self) {
    start(Optional.of(text(self)));
  }

  /** {@inheritDoc} Waits for the store the first time only. */
  @Override
  public Set<InetSocketAddress> find() {
    start(Optional.empty());
    try {
      asked.await(FIRST_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ListedHosts.resolve(known);
  }

  private synchronized void start(Optional<String> self) {
    if (keeper.isEmpty() && !isClosed) {
      keeper = Optional.of(Thread.ofVirtual().name("discovery-store").start(() -> keep(self)));
    }
  }

  private void keep(Optional<String> self) {
    registerAt = System.nanoTime();
    registeredAt = registerAt;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (self.isPresent() && System.nanoTime() - registerAt >= 0) {
          register(self.get());
        }
        boolean isRead = read();
        asked.countDown();
        if (self.isPresent() && isRead && !isKnown(self.get())) {
          // Somebody took it out, or a session ended that nobody noticed.
          registerAt = Math.min(registerAt, registeredAt + MENDING.toNanos());
        }
        roster.awaitChange(isRead ? untilRegistering(self) : WATCH_LIMIT);
      }
    } catch (InterruptedException e) {
      // Closing.
    }
    leave();
  }

  private boolean isKnown(String self) {
    return known.stream().anyMatch(host -> host.toString().equals(self));
  }

  private Duration untilRegistering(Optional<String> self) {
    if (self.isEmpty()) {
      return WATCH_LIMIT;
    }
    long nanos = Math.max(0, registerAt - System.nanoTime());
    return Duration.ofNanos(Math.min(nanos, WATCH_LIMIT.toNanos()));
  }

  private void register(String self) throws InterruptedException {
    Duration next = ttl.dividedBy(3);
    try {
      directory.register(self, ttl);
      registeredAt = System.nanoTime();
      backoff.reset();
      isRefused = false;
    } catch (Failure e) {
      next = backoff.step(next);
      // A store that can't be reached can't be read either, which is told then.
      if (!isRefused && !(e instanceof Unreachable)) {
        isRefused = true;
        LOG.warn(
            "the store does not take this node's address",
            "address",
            self,
            "reason",
            e.explanation());
      }
    }
    registerAt = System.nanoTime() + next.toNanos();
  }

  private boolean read() throws InterruptedException {
    try {
      known = roster.read();
      outage = Optional.empty();
      return true;
    } catch (Failure e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (!outage.equals(Optional.of(e))) {
        outage = Optional.of(e);
        LOG.warn("the store can't be read; what was found there stays", "reason", e.explanation());
      }
      // What was registered may be over when the store is back.
      registerAt = System.nanoTime();
      return false;
    }
  }

  /** So that nobody who starts later knocks here for nothing. */
  private void leave() {
    try {
      directory.withdraw();
    } catch (Failure e) {
      LOG.debug("the address stays in the store until its time is over", "reason", e);
    } catch (InterruptedException e) {
      LOG.debug("the store is too slow to take the address out");
    } finally {
      roster.close();
    }
  }

  /** {@inheritDoc} Takes the address out of the store, if that can be done soon. */
  @Override
  public void close() {
    Optional<Thread> running;
    synchronized (this) {
      isClosed = true;
      running = keeper;
    }
    if (running.isEmpty()) {
      directory.close();
      return;
    }
    running.get().interrupt();
    try {
      if (!running.get().join(CLOSING_LIMIT)) {
        running.get().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(InetSocketAddress self) {
    String address = self.getAddress().getHostAddress();
    int zone = address.indexOf('%');
    return new HostPort(zone < 0 ? address : address.substring(0, zone), self.getPort()).toString();
  }
}

package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.Listing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nodes and a store that comes and goes. */
class StoredHostsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final InetSocketAddress SELF = at("127.0.0.1", 7411);

  private final MemoryStore store = new MemoryStore();

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private StoredHosts hosts() {
    return new StoredHosts("memory", store, Duration.ofMinutes(3));
  }

  private static void awaitFound(StoredHosts hosts, Set<InetSocketAddress> expected) {
    Await.until(
        () -> "found " + hosts.find() + " instead of " + expected,
        LIMIT,
        () -> hosts.find().equals(expected));
  }

  @Test
  void theFirstLookFindsWhoIsThere() {
    store.put("127.0.0.2:7411");
    try (StoredHosts hosts = hosts()) {
      hosts.announce(SELF);
      assertEquals(Set.of(SELF, at("127.0.0.2", 7411)), hosts.find());
    }
    assertEquals(List.of("127.0.0.2:7411"), store.values(), "it left orderly");
    assertTrue(store.isClosed());
  }

  @Test
  void whoOnlyLooksIsNotRegistered() {
    store.put("127.0.0.2:7411");
    try (StoredHosts hosts = hosts()) {
      assertEquals(Set.of(at("127.0.0.2", 7411)), hosts.find());
      assertEquals(List.of("127.0.0.2:7411"), store.values());
    }
  }

  @Test
  void whatIsNoAddressIsIgnored() {
    for (String hostile :
        List.of(
            "",
            "127.0.0.3",
            "127.0.0.3:0",
            "127.0.0.3:7411:7412",
            "10.0.0.[1:4000]:1",
            "a b:1",
            "http://127.0.0.3:1",
            "\u001b[31m:1",
            "x".repeat(1 << 20))) {
      store.put(hostile);
    }
    store.put("127.0.0.2:7411");
    try (StoredHosts hosts = hosts()) {
      assertEquals(Set.of(at("127.0.0.2", 7411)), hosts.find());
    }
  }

  @Test
  void anOutageTakesNobodyOffTheList() {
    store.put("127.0.0.2:7411");
    try (StoredHosts hosts = hosts()) {
      hosts.announce(SELF);
      Set<InetSocketAddress> both = Set.of(SELF, at("127.0.0.2", 7411));
      awaitFound(hosts, both);
      store.breakDown();
      Await.until("the outage is noticed", LIMIT, () -> store.failures() >= 2);
      assertEquals(both, hosts.find());
      // What had a time to live is gone when the store is back.
      store.clear();
      store.put("127.0.0.3:7411");
      store.repair();
      awaitFound(hosts, Set.of(SELF, at("127.0.0.2", 7411), at("127.0.0.3", 7411)));
      Await.until(
          "it is registered again, long before it would be usual",
          LIMIT,
          () -> store.values().contains("127.0.0.1:7411"));
    }
  }

  @Test
  void aStoreThatIsNotThereDelaysAStartAtMost() {
    store.breakDown();
    try (StoredHosts hosts = hosts()) {
      hosts.announce(SELF);
      assertEquals(Set.of(), hosts.find());
      store.repair();
      awaitFound(hosts, Set.of(SELF));
    }
  }

  @Test
  void theFailureOfAnOutageIsTheSameOneUntilItIsOver() {
    try (StoredRoster roster = new StoredRoster("memory", store, Duration.ofMinutes(3))) {
      store.breakDown();
      Failure first = assertThrows(Failure.class, roster::read);
      assertEquals(first, assertThrows(Failure.class, roster::read));
      store.repair();
      roster.read();
      store.breakDown();
      assertFalse(first.equals(assertThrows(Failure.class, roster::read)));
    }
  }

  @Test
  void theWaitGrowsUpToHalfAMinute() {
    Backoff backoff = new Backoff();
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Up to a quarter is left out by chance.
      seconds.add((long) Math.ceil(backoff.step(LIMIT).toMillis() / 1000.0));
    }
    assertTrue(seconds.get(0) <= 1, seconds.toString());
    assertTrue(seconds.get(4) >= 12, seconds.toString());
    assertTrue(seconds.get(7) >= 22 && seconds.get(7) <= 30, seconds.toString());
    backoff.reset();
    assertTrue(backoff.step(LIMIT).toMillis() <= 1000);
    assertTrue(backoff.step(Duration.ofMillis(10)).toMillis() <= 10);
  }

  private static final class MemoryStore implements Directory {
    private final List<String> values = new ArrayList<>();
    private String registered = "";
    private boolean isBroken;
    private boolean isClosed;
    private int failures;
    private long changes;

    @Override
    public synchronized Listing read() {
      requireWell();
      return new Listing(values, changes);
    }

    private void requireWell() {
      if (isBroken) {
        failures++;
        throw new Unreachable("memory", "the store is away", "");
      }
    }

    @Override
    public synchronized void awaitChange(Listing since, Duration limit)
        throws InterruptedException {
      long end = System.nanoTime() + limit.toNanos();
      while (since.mark() == changes && System.nanoTime() < end) {
        wait(Math.max(1, limit.toMillis()));
      }
      requireWell();
    }

    @Override
    public synchronized void register(String address, Duration ttl) {
      requireWell();
      registered = address;
      if (!values.contains(address)) {
        put(address);
      }
    }

    @Override
    public synchronized void withdraw() {
      values.remove(registered);
      changed();
    }

    @Override
    public synchronized void close() {
      isClosed = true;
    }

    synchronized void put(String value) {
      values.add(value);
      changed();
    }

    synchronized void clear() {
      values.clear();
      changed();
    }

    synchronized void breakDown() {
      isBroken = true;
      changed();
    }

    synchronized void repair() {
      isBroken = false;
      changed();
    }

    private void changed() {
      changes++;
      notifyAll();
    }

    synchronized List<String> values() {
      return List.copyOf(values);
    }

    synchronized int failures() {
      return failures;
    }

    synchronized boolean isClosed() {
      return isClosed;
    }
  }
}

package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.Insistent;
import io.dockherd.herd.discovery.stores.Listing;
import io.dockherd.herd.discovery.stores.LocalServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What must hold with every store: the same cases, on the real thing. */
final class RealStoreCases {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final InetSocketAddress ONE = at(1);
  private static final InetSocketAddress TWO = at(2);

  private RealStoreCases() {}

  private static InetSocketAddress at(int host) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + host), 7411);
  }

  /** Two find each other, lose the store, go on, and are found again when it is back. */
  static void nodesFindEachOtherThroughOutages(LocalServer server, Supplier<Directory> store) {
    try (StoredHosts one = hosts(store)) {
      one.announce(ONE);
      assertFinds(one, Set.of(ONE));
      try (StoredHosts two = hosts(store)) {
        two.announce(TWO);
        assertFinds(one, Set.of(ONE, TWO));
        assertFinds(two, Set.of(ONE, TWO));
        server.kill();
        assertEquals(Set.of(ONE, TWO), one.find());
        server.start();
        try (StoredHosts late = hosts(store)) {
          assertFinds(late, Set.of(ONE, TWO));
        }
      }
      try (StoredHosts late = hosts(store)) {
        // The other has left orderly: whoever comes later does not hear of it.
        assertFinds(late, Set.of(ONE));
      }
    }
  }

  /** What is not registered again goes; what is read are the values. */
  static void valuesAreRegisteredForATime(Supplier<Directory> store) throws InterruptedException {
    try (Directory mine = new Insistent(store.get());
        Directory third = new Insistent(store.get());
        Directory other = new Insistent(store.get())) {
      assertEquals(List.of(), other.read().values(), "no such directory yet");
      mine.register("10.0.0.1:7411", Duration.ofMinutes(1));
      mine.register("10.0.0.1:7411", Duration.ofMinutes(1));
      Listing before = other.read();
      assertEquals(List.of("10.0.0.1:7411"), before.values());
      Thread change =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      third.register("[fd00::2]:7411", Duration.ofMinutes(1));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      Listing seen = before;
      while (seen.values().size() != 2) {
        other.awaitChange(seen, LIMIT);
        seen = other.read();
      }
      assertTrue(change.join(LIMIT));
      third.withdraw();
      Await.until("it is withdrawn", LIMIT, () -> sees(other, 1));
      mine.withdraw();
      Await.until("all are withdrawn", LIMIT, () -> sees(other, 0));
    }
  }

  private static boolean sees(Directory directory, int count) {
    try {
      return directory.read().values().size() == count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static StoredHosts hosts(Supplier<Directory> store) {
    return new StoredHosts("a store", store.get(), TTL);
  }

  private static void assertFinds(StoredHosts hosts, Set<InetSocketAddress> expected) {
    Await.until(
        () -> "found " + hosts.find() + " instead of " + expected,
        LIMIT,
        () -> hosts.find().equals(expected));
  }
}

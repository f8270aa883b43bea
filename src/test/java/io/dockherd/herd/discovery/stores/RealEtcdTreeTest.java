package io.dockherd.herd.discovery.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's etcd by v2, as classic Swarm spoke to it. */
class RealEtcdTreeTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private static boolean isEmpty(Directory directory) {
    try {
      return directory.read().values().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void valuesAreRegisteredForATime(@TempDir Path folder) throws InterruptedException {
    Tool.require("etcd");
    try (LocalServer server = LocalServer.etcd(folder)) {
      StorePlace place = new StorePlace(List.of(server.address()), "a/nodes", Optional.empty());
      try (Directory mine = new Insistent(new EtcdV2(new StoreHttp(place), place));
          Directory other = new Insistent(new EtcdV2(new StoreHttp(place), place))) {
        assertEquals(List.of(), other.read().values(), "no such directory yet");
        Listing before = other.read();
        mine.register("[fd00::1]:7411", LONG);
        other.awaitChange(before, LONG);
        Listing listing = other.read();
        assertEquals(List.of("[fd00::1]:7411"), listing.values());
        mine.register("[fd00::1]:7411", Duration.ofSeconds(1));
        // It is not registered again, and goes.
        Await.until("it is gone", LONG, () -> isEmpty(other));
        mine.register("[fd00::1]:7411", LONG);
        assertEquals(List.of("[fd00::1]:7411"), other.read().values());
        mine.withdraw();
        assertEquals(List.of(), other.read().values());
      }
    }
  }
}

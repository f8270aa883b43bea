package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.Insistent;
import io.dockherd.herd.discovery.stores.LocalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's ZooKeeper. */
class RealZooKeeperTest {
  /** Held, so that it stays silent. */
  private static final Logger NAGGING = Logger.getLogger("org.apache.zookeeper");

  @TempDir static Path folder;
  private static LocalServer server;

  @BeforeAll
  static void start() {
    NAGGING.setLevel(Level.OFF);
    assumeTrue(LocalServer.hasZooKeeper(), "ZooKeeper is not installed");
    server = LocalServer.zooKeeper(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Supplier<Directory> store(String prefix) {
    return () -> StoreUrl.parse("zk://" + server.address() + "/" + prefix, Map.of()).open();
  }

  @Test
  void nodesFindEachOtherThroughOutages() {
    RealStoreCases.nodesFindEachOtherThroughOutages(server, store("outages"));
  }

  @Test
  void valuesAreRegisteredForATime() throws InterruptedException {
    RealStoreCases.valuesAreRegisteredForATime(store("times"));
  }

  @Test
  void aNewLifeTakesOverTheNodeOfTheOneBefore() throws InterruptedException {
    try (Directory before = new Insistent(store("lives").get());
        Directory after = new Insistent(store("lives").get())) {
      before.register("10.0.0.1:7411", Duration.ofMinutes(1));
      after.register("10.0.0.1:7411", Duration.ofMinutes(1));
      before.withdraw();
      assertEquals(List.of("10.0.0.1:7411"), after.read().values());
    }
  }
}

package io.dockherd.herd.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.tests.eventbus.ClusteredEventBusTest;
import io.vertx.tests.eventbus.NodeInfoTest;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;

/** Vert.x's own cases for a clustered event bus, run over our cluster manager. */
class VertxOwnCasesTest {
  /** They provoke failures on purpose and announce each case. */
  private static final Logger THEIR_LOG = Logger.getLogger("io.vertx");

  private final Level before = THEIR_LOG.getLevel();

  @BeforeEach
  void silence() {
    THEIR_LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    THEIR_LOG.setLevel(before);
  }

  @Test
  void theClusteredEventBusBehavesAsVertxWantsIt() {
    holds(Bus.class, 100);
  }

  @Test
  void membersAreKnownAsVertxWantsIt() {
    holds(Nodes.class, 1);
  }

  private static void holds(Class<?> cases, int atLeast) {
    Result result = JUnitCore.runClasses(cases);
    assertEquals(List.of(), result.getFailures());
    assertTrue(result.getRunCount() >= atLeast, result.getRunCount() + " cases");
  }

  private static ClusterManager newcomer(InMemoryGroups groups) {
    Group group = groups.newPeer();
    HerdClusterManager manager = new HerdClusterManager(group);
    group.join();
    return manager;
  }

  /** A herd for each case. */
  public static class Bus extends ClusteredEventBusTest {
    private final InMemoryGroups groups = new InMemoryGroups();

    @Override
    protected ClusterManager getClusterManager() {
      return newcomer(groups);
    }
  }

  /** A herd for each case. */
  public static class Nodes extends NodeInfoTest {
    private final InMemoryGroups groups = new InMemoryGroups();

    @Override
    protected ClusterManager getClusterManager() {
      return newcomer(groups);
    }
  }
}

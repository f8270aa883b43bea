package io.dockherd.herd.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.tests.eventbus.ClusteredEventBusTest;
import io.vertx.tests.eventbus.NodeInfoTest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.runner.Computer;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.Runner;
import org.junit.runners.ParentRunner;
import org.junit.runners.model.RunnerBuilder;
import org.junit.runners.model.RunnerScheduler;

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
    Result result = JUnitCore.runClasses(new SideBySide(), cases);
    assertEquals(List.of(), result.getFailures());
    assertTrue(result.getRunCount() >= atLeast, result.getRunCount() + " cases");
  }

  /** Each case has a herd of its own, and waits more than it works. */
  private static final class SideBySide extends Computer {
    private static final int AT_ONCE = 4;

    @Override
    protected Runner getRunner(RunnerBuilder builder, Class<?> cases) throws Throwable {
      Runner runner = super.getRunner(builder, cases);
      ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
      ((ParentRunner<?>) runner)
          .setScheduler(
              new RunnerScheduler() {
                @Override
                public void schedule(Runnable next) {
                  threads.execute(next);
                }

                @Override
                public void finished() {
                  threads.close();
                }
              });
      return runner;
    }
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

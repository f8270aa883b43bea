package io.dockherd.bench;

import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.LabPlan;
import io.dockherd.lab.Progress;
import java.time.Duration;

/**
 * A lab with running nodes for as long as a benchmark takes; gone afterwards, also when a signal
 * ends the benchmark before it is through.
 */
final class BenchLab implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofMinutes(1);

  private final Lab lab;

  private BenchLab(Lab lab) {
    this.lab = lab;
  }

  /** Brings it up. The calling thread is interrupted by a signal, and is to close this then. */
  static BenchLab up(int index, int hosts) {
    Thread here = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("taking down").unstarted(() -> interruptAndWait(here)));
    BenchLab bench = new BenchLab(Lab.up(LabPlan.of(index, hosts), Progress.SILENT));
    try {
      bench.lab.hosts().forEach(LabHost::startNode);
      bench.lab.hosts().forEach(host -> host.awaitNode(START_LIMIT));
      return bench;
    } catch (RuntimeException e) {
      bench.close();
      throw e;
    }
  }

  private static void interruptAndWait(Thread thread) {
    thread.interrupt();
    try {
      thread.join(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Lab lab() {
    return lab;
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted(); // Or nothing that waits would work any more.
    lab.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

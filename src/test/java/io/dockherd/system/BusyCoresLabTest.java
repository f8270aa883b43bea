package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.Thorough;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Every core is busy with other people's work, for several times what silence is taken for death
 * after: slow is not dead.
 */
@OnLab
class BusyCoresLabTest {
  private static final Duration BUSY = Duration.ofSeconds(Thorough.or(20, 60));

  @Test
  void busyCoresDeclareNobodyDead(LabHerd herd) throws InterruptedException {
    List<Long> before = herd.lab().hosts().stream().map(BusyCoresLabTest::departures).toList();
    AtomicBoolean isOver = new AtomicBoolean();
    List<Thread> work = new ArrayList<>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      work.add(Thread.ofPlatform().daemon().start(() -> burn(isOver)));
    }
    long start = System.nanoTime();
    Await.until(
        "they have been busy for long enough",
        BUSY.plusSeconds(30),
        () -> System.nanoTime() - start > BUSY.toNanos());
    isOver.set(true);
    for (Thread thread : work) {
      thread.join();
    }
    assertEquals(before, herd.lab().hosts().stream().map(BusyCoresLabTest::departures).toList());
    herd.awaitMembers(3, Duration.ofSeconds(2));
  }

  private static long departures(LabHost host) {
    return host.nodeLog().lines().filter(line -> line.contains(" member left ")).count();
  }

  private static void burn(AtomicBoolean isOver) {
    long spent = 0;
    while (!isOver.get()) {
      spent += Long.numberOfTrailingZeros(System.nanoTime());
    }
    assertEquals(spent, spent);
  }
}

package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.TimedOut;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BellTest {
  private static final Duration LONG = Duration.ofHours(1);
  private final Bell bell = new Bell();

  /** What ends the waiting of another thread. */
  private CompletableFuture<Object> waiting(Runnable wait) {
    CompletableFuture<Object> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                wait.run();
                end.complete("done");
              } catch (RuntimeException e) {
                end.complete(e);
              }
            });
    return end;
  }

  @Test
  void aRingEndsAWaitAlsoWhenItCameBefore() {
    bell.ring();
    bell.await(LONG);
    CompletableFuture<Object> end = waiting(() -> bell.await(LONG));
    bell.ring();
    assertEquals("done", end.join());
  }

  @Test
  void aStopEndsEveryWaitWithItsReason() {
    CompletableFuture<Object> asleep = waiting(() -> bell.sleep(LONG));
    assertTrue(bell.stop("scaled down"));
    assertFalse(bell.stop("again"));
    assertEquals("scaled down", assertInstanceOf(Bell.Stopped.class, asleep.join()).getMessage());
    assertThrows(Bell.Stopped.class, () -> bell.await(LONG));
    assertThrows(Bell.Stopped.class, bell::check);
  }

  @Test
  void aStopBreaksOffWhatMayBeInterruptedAndNothingElse() {
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Object> pulling =
        waiting(
            () ->
                bell.interruptibly(
                    () -> {
                      inside.countDown();
                      try {
                        Thread.sleep(LONG);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new TimedOut("x", "interrupted", "", e);
                      }
                    }));
    waitFor(inside);
    bell.stop("enough");
    assertInstanceOf(Bell.Stopped.class, pulling.join());
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsBrokenOffLeavesNoInterruptBehind() {
    bell.interruptibly(() -> Thread.currentThread().interrupt());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void aPauseInTheFarewellLastsUntilTheNodeGoes() {
    bell.stop("stop");
    bell.pause(Duration.ofMillis(1));
    CompletableFuture<Object> end = waiting(() -> bell.pause(LONG));
    bell.close();
    assertInstanceOf(Bell.Left.class, end.join());
    assertThrows(Bell.Left.class, bell::check);
  }
}

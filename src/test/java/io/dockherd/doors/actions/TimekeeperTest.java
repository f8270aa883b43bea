package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimekeeperTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Timekeeper timekeeper = new Timekeeper();
  private final AtomicInteger stuck = new AtomicInteger();

  @AfterEach
  void close() {
    timekeeper.close();
  }

  private Timekeeper.Shift begin(Duration limit, Duration grace) {
    return timekeeper.begin(limit, grace, stuck::incrementAndGet);
  }

  @Test
  void workThatIsDoneInTimeIsLeftAlone() {
    for (int i = 0; i < 10_000; i++) {
      assertFalse(begin(LONG, LONG).end());
    }
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void whatIsLateIsInterruptedAndTheInterruptTakenBack() {
    Timekeeper.Shift shift = begin(SHORT, LONG);
    Await.until("the interrupt", SOON, () -> Thread.currentThread().isInterrupted());
    assertTrue(shift.end());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anInterruptOfSomebodyElseStays() {
    Timekeeper.Shift shift = begin(LONG, LONG);
    Thread.currentThread().interrupt();
    assertFalse(shift.end());
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatDoesNotEndEvenThenIsSaidToBeStuckOnce() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Thread worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  Timekeeper.Shift shift = begin(SHORT, SHORT);
                  boolean isOver = false;
                  while (!isOver) {
                    try {
                      isOver = over.await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                      // Deaf to it: what this test is about.
                    }
                  }
                  shift.end();
                });
    Await.until("told of it", SOON, () -> stuck.get() == 1);
    Timekeeper.Shift other = begin(SHORT, LONG);
    Await.until("another round", SOON, () -> Thread.currentThread().isInterrupted());
    other.end();
    over.countDown();
    worker.join();
    assertTrue(stuck.get() == 1);
  }

  @Test
  void itWakesWhenThereIsWorkAfterALongQuiet() {
    begin(LONG, LONG).end();
    Await.until("it sleeps", SOON, timekeeper::isAsleep);
    Timekeeper.Shift shift = begin(SHORT, LONG);
    Await.until("the interrupt", SOON, () -> Thread.currentThread().isInterrupted());
    assertTrue(shift.end());
  }

  @Test
  void closingInterruptsWhoeverIsAtWork() {
    Timekeeper.Shift shift = begin(LONG, LONG);
    timekeeper.close();
    Await.until("the interrupt", SOON, () -> Thread.currentThread().isInterrupted());
    assertTrue(shift.end());
  }
}

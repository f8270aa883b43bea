package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefresherTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Set<String>> rounds = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile boolean isFailing;
  private volatile boolean isGated;
  private volatile boolean isWorthRetrying = true;
  private final Refresher refresher =
      new Refresher("test", Duration.ofMillis(5), () -> isWorthRetrying, this::round);

  @AfterEach
  void end() {
    gate.countDown();
    refresher.close();
  }

  private void round(Set<String> keys) {
    rounds.add(keys);
    if (isGated) {
      isGated = false;
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (isFailing) {
      throw new Unreachable("engine", "it is away", "");
    }
  }

  @Test
  void whatIsAskedForWhileARoundRunsIsDoneTogetherInTheNext() throws Exception {
    isGated = true;
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    asked.add(refresher.now(Set.of("a")));
    Await.until("the first round runs", LIMIT, () -> rounds.size() == 1);
    asked.add(refresher.now(Set.of("b")));
    asked.add(refresher.now(Set.of("c")));
    asked.add(refresher.now(Set.of("b")));
    assertTrue(!asked.getLast().isDone());
    gate.countDown();
    for (CompletableFuture<Void> one : asked) {
      one.get(5, TimeUnit.SECONDS);
    }
    assertEquals(List.of(Set.of("a"), Set.of("b", "c")), rounds);
  }

  @Test
  void whatMayWaitGoesWithWhatMayNot() throws Exception {
    refresher.within(Duration.ofHours(1), Set.of("a"));
    refresher.now(Set.of("b")).get(5, TimeUnit.SECONDS);
    assertEquals(List.of(Set.of("a", "b")), rounds);
  }

  @Test
  void aFailedRoundIsToldToWhoeverWaitsAndTriedAgain() {
    isFailing = true;
    CompletableFuture<Void> asked = refresher.now(Set.of("a"));
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> asked.get(5, TimeUnit.SECONDS));
    assertTrue(failure.getCause() instanceof Unreachable);
    isFailing = false;
    int before = rounds.size();
    Await.until("it is tried again", LIMIT, () -> rounds.size() > before);
    assertEquals(Set.of("a"), rounds.getLast());
  }

  @Test
  void whatIsNotWorthRetryingIsDropped() throws Exception {
    isFailing = true;
    isWorthRetrying = false;
    assertThrows(
        ExecutionException.class, () -> refresher.now(Set.of("a")).get(5, TimeUnit.SECONDS));
    isFailing = false;
    refresher.now(Set.of("b")).get(5, TimeUnit.SECONDS);
    assertEquals(List.of(Set.of("a"), Set.of("b")), rounds);
  }

  @Test
  void nobodyWaitsForAClosedOne() {
    isGated = true;
    CompletableFuture<Void> running = refresher.now(Set.of("a"));
    Await.until("the round runs", LIMIT, () -> rounds.size() == 1);
    CompletableFuture<Void> waiting = refresher.now(Set.of("b"));
    refresher.close();
    assertTrue(waiting.isCancelled());
    assertTrue(refresher.now(Set.of("c")).isCancelled());
    Await.until("the running one ends", LIMIT, running::isDone);
  }
}

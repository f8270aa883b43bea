package io.dockherd.herd.audience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A subject's value has become {@code now}; {@code steps} changes told as one. */
  private record Step(String subject, int now, int steps) implements News<Step> {
    @Override
    public Step after(Step earlier) {
      return new Step(subject, now, earlier.steps + steps);
    }
  }

  private final List<Step> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final Backlog<Step> backlog = new Backlog<>("test", this::hear);

  private void hear(Step step) {
    if (heard.isEmpty()) {
      busy.countDown();
      try {
        free.await();
      } catch (InterruptedException e) {
        return;
      }
    }
    heard.add(step);
  }

  @Test
  void aListenerThatKeepsUpIsToldEverythingInOrder() {
    free.countDown();
    for (int i = 0; i < Backlog.ROOM; i++) {
      backlog.put(new Step("a", i, 1));
    }
    Await.until("heard", LIMIT, () -> heard.size() == Backlog.ROOM);
    assertEquals(
        IntStream.range(0, Backlog.ROOM).boxed().toList(), heard.stream().map(Step::now).toList());
  }

  @Test
  void aListenerThatHangsCostsNoMoreThanThereIsToKnowAndHearsTheLatest() throws Exception {
    backlog.put(new Step("first", 0, 1));
    busy.await();
    int most = 0;
    for (int i = 1; i <= 100_000; i++) {
      backlog.put(new Step(i % 2 == 0 ? "even" : "odd", i, 1));
      most = Math.max(most, backlog.size());
    }
    assertTrue(most <= Backlog.ROOM, most + " waited");
    free.countDown();
    Await.until("the last", LIMIT, () -> heard.stream().anyMatch(step -> step.now() == 100_000));
    assertEquals(99_999, last("odd").now());
    assertEquals(100_001, heard.stream().mapToInt(Step::steps).sum(), "none is left out");
  }

  @Test
  void afterAFailureTheListenerIsToldTheNext() {
    Backlog<Step> failing =
        new Backlog<>(
            "test",
            step -> {
              if (step.now() == 1) {
                throw new IllegalStateException("on purpose");
              }
              heard.add(step);
            });
    failing.put(new Step("a", 1, 1));
    failing.put(new Step("a", 2, 1));
    Await.until("the second", LIMIT, () -> heard.size() == 1);
  }

  @Test
  void onceClosedNothingWaitsAndWhoeverListensIsInterrupted() throws Exception {
    backlog.put(new Step("a", 1, 1));
    busy.await();
    backlog.put(new Step("a", 2, 1));
    backlog.close();
    backlog.put(new Step("a", 3, 1));
    assertEquals(0, backlog.size());
    assertTrue(heard.isEmpty());
  }

  private Step last(String subject) {
    return heard.stream()
        .filter(step -> step.subject().equals(subject))
        .reduce((before, after) -> after)
        .orElseThrow();
  }
}

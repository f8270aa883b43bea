package io.dockherd.apps.health;

import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.HealthCheck;
import io.dockherd.telemetry.Log;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks one instance by all its checks, each on a thread of its own, until it is closed. */
public final class HealthWatch implements AutoCloseable {
  private static final Log LOG = Log.of(HealthWatch.class);

  private final List<HealthCheck> checks;
  private final Prober prober;
  private final Prober.Target target;
  private final Instant running;
  private final InstantSource clock;
  private final Runnable news;
  private final CheckResult[] results;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A watch that has not begun.
   *
   * @param running since when the instance has been running
   * @param news told when a check has an answer; must not wait
   */
  public HealthWatch(
      List<HealthCheck> checks,
      Prober prober,
      Prober.Target target,
      Instant running,
      InstantSource clock,
      Runnable news) {
    this.checks = List.copyOf(checks);
    this.prober = prober;
    this.target = target;
    this.running = running;
    this.clock = clock;
    this.news = news;
    this.results = new CheckResult[checks.size()];
    Arrays.fill(results, CheckResult.NONE);
  }

  /** Begins; returns at once. */
  public void start() {
    for (int i = 0; i < checks.size(); i++) {
      int index = i;
      Thread.ofVirtual().name("health check").start(() -> ask(index));
    }
  }

  private void ask(int index) {
    HealthCheck check = checks.get(index);
    try {
      do {
        note(index, outcome(check));
        news.run();
      } while (!closed.await(check.interval().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A check that breaks is one that failed: a thread that ends would never ask again. */
  private Outcome outcome(HealthCheck check) {
    try {
      return prober.probe(check.probe(), target, check.timeout());
    } catch (RuntimeException e) {
      LOG.error("health check broke", e);
      return new Outcome.Ill("the check can't be made: " + e);
    }
  }

  private synchronized void note(int index, Outcome outcome) {
    results[index] =
        Checkup.after(checks.get(index), results[index], outcome, running, clock.instant());
  }

  /** What each has said so far, in their order. */
  public synchronized List<CheckResult> results() {
    return List.of(results);
  }

  /** Why the instance is to be replaced, by the first check that says so. */
  public synchronized Optional<String> complaint() {
    for (int i = 0; i < results.length; i++) {
      if (Checkup.isFatal(checks.get(i), results[i])) {
        return Optional.of(
            "health check "
                + (i + 1)
                + " failed "
                + results[i].consecutiveFailures()
                + " times in a row: "
                + results[i].lastFailureCause());
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}

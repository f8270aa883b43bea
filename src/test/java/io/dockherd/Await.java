package io.dockherd;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition by asking again and again. */
public final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /** Returns once the condition holds; fails with {@code what} when the limit passes first. */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    until(() -> what, limit, condition);
  }

  /** The same, where what is to be told on failure is known only then. */
  public static void until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

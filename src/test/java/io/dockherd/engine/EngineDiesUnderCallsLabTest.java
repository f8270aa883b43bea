package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many calls under way when the daemon is killed: all end, and the next ones find it again. */
class EngineDiesUnderCallsLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CALLERS = 50;
  private static final EngineRequest LIST = EngineRequest.get(LIMIT, "containers", "json");

  private final List<Failure> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void allCallsEndAndTheNextFindItAgain() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        Engine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults())) {
      CountDownLatch left = new CountDownLatch(CALLERS);
      for (int i = 0; i < CALLERS; i++) {
        Thread.ofVirtual().start(() -> callUntilItFails(engine, left));
      }
      Await.until("calls are answered", LIMIT, () -> answers.get() > 500);
      real.kill();
      left.await();
      assertEquals(CALLERS, failures.size());
      assertTrue(failures.stream().allMatch(Unreachable.class::isInstance), failures::toString);

      real.launch();
      for (int i = 0; i < CALLERS; i++) {
        assertEquals(200, engine.call(LIST).status());
      }
    } finally {
      vertx.close().await();
    }
  }

  private void callUntilItFails(Engine engine, CountDownLatch left) {
    try {
      while (true) {
        assertEquals(200, engine.call(LIST).status());
        answers.incrementAndGet();
      }
    } catch (Failure failure) {
      failures.add(failure);
    } finally {
      left.countDown();
    }
  }
}

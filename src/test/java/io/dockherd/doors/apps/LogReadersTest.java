package io.dockherd.doors.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.Await;
import io.dockherd.apps.logs.AppLine;
import io.dockherd.apps.logs.LogFeed;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.doors.Turned;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who reads logs, and who only holds a place. */
class LogReadersTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Writes without end. */
  private static final class Endless implements LogFeed {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Next next(Duration limit) {
      return closed.getCount() == 0
          ? new Next.End()
          : new Next.Line(
              new AppLine(
                  AppPath.of("/shop/web"),
                  InstanceId.of("1-k2x9qa0b"),
                  "web",
                  "host-1",
                  Instant.EPOCH,
                  false,
                  "hello"));
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static LineStream reader(Duration patience) {
    return new LineStream(new Endless(), line -> new JsonObject(), patience);
  }

  @Test
  void aPlaceNobodyReadsAtIsGivenToTheNext() {
    LogReaders readers = new LogReaders(1, Duration.ofMillis(20));
    LineStream idle = reader(LIMIT.multipliedBy(10));
    AtomicReference<Throwable> told = new AtomicReference<>();
    idle.exceptionHandler(told::set);
    readers.requirePlace();
    readers.admit(idle);
    idle.handler(line -> {});
    Await.until("it stalls", LIMIT, () -> idle.stalledFor().toMillis() > 20);
    readers.requirePlace();
    Await.until("he is cut off", LIMIT, () -> told.get() instanceof Refused);
  }

  @Test
  void whoReadsKeepsHisPlaceAndTheNextIsTurnedAway() {
    LogReaders readers = new LogReaders(1, LIMIT);
    LineStream reading = reader(LIMIT);
    readers.admit(reading);
    assertEquals(503, assertThrows(Turned.class, readers::requirePlace).status());
    reading.close();
    readers.requirePlace();
  }
}

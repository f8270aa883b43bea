package io.dockherd.doors.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.logs.LogFeed;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineStreamTest {
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final AtomicInteger over = new AtomicInteger();
  private final List<String> told = new CopyOnWriteArrayList<>();

  /** Says nothing, again and again, until it is closed. */
  private LogFeed silent(int times) {
    AtomicInteger left = new AtomicInteger(times);
    return new LogFeed() {
      @Override
      public Next next(Duration limit) {
        return left.getAndDecrement() > 0 ? new Next.Silence() : new Next.End();
      }

      @Override
      public void close() {
        isClosed.set(true);
      }
    };
  }

  private LineStream stream(LogFeed feed, Duration patience) {
    LineStream stream = new LineStream(feed, line -> new JsonObject(), patience);
    stream.onClose(over::incrementAndGet);
    stream.endHandler(end -> told.add("end"));
    stream.exceptionHandler(broken -> told.add("broken"));
    stream.pause();
    stream.handler(piece -> told.add("piece"));
    return stream;
  }

  @Test
  void aReaderWhoTakesNothingForLongIsCutOffAndGivesUpHisPlace() {
    LineStream stream = stream(silent(100), Duration.ofMillis(50));
    stream.fetch(2);
    Await.until("cut off", AppsBench.LIMIT, () -> over.get() == 1);
    Await.until("told", AppsBench.LIMIT, () -> told.contains("broken"));
    assertEquals(List.of("piece", "piece", "broken"), told);
    assertTrue(isClosed.get(), "the engines are let go of");
  }

  @Test
  void aReaderWhoTakesAllIsToldOfTheEnd() {
    LineStream stream = stream(silent(3), Duration.ofMinutes(5));
    stream.resume();
    Await.until("over", AppsBench.LIMIT, () -> told.contains("end"));
    assertEquals(List.of("piece", "piece", "piece", "end"), told);
    assertFalse(told.contains("broken"));
    assertEquals(1, over.get());
  }
}

package io.dockherd.fleet.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final Lines lines = new Lines(100, Duration.ofMinutes(1));
  private final StringBuilder read = new StringBuilder();
  private final AtomicInteger closed = new AtomicInteger();

  private void readAll(Lines from) {
    from.onClose(closed::incrementAndGet);
    from.endHandler(end -> read.append("end"));
    from.exceptionHandler(e -> read.append("broken"));
    from.handler(piece -> read.append(piece));
  }

  @Test
  void linesComeInOrderAsFastAsTheyAreTaken() {
    lines.write(Buffer.buffer("a\n"));
    readAll(lines);
    lines.write(Buffer.buffer("b\n"));
    assertEquals("", read.toString());
    lines.fetch(1);
    assertEquals("a\nb\n", read.toString());
    lines.write(Buffer.buffer("c\n"));
    assertEquals("a\nb\n", read.toString());
    lines.resume();
    lines.write(Buffer.buffer("d\n"));
    lines.end();
    lines.write(Buffer.buffer("late\n"));
    assertEquals("a\nb\nc\nd\nend", read.toString());
    assertEquals(1, closed.get());
  }

  @Test
  void theEndComesAfterWhatWaits() {
    readAll(lines);
    lines.write(Buffer.buffer("a\n"));
    lines.end();
    assertEquals("", read.toString());
    lines.resume();
    assertEquals("a\nend", read.toString());
  }

  @Test
  void aReaderWithTooMuchWaitingIsCutOff() {
    readAll(lines);
    for (int i = 0; i <= 100; i++) {
      lines.write(Buffer.buffer("x"));
    }
    assertEquals("broken", read.toString());
    assertEquals(1, closed.get());
    assertTrue(lines.cutOffBecause().orElseThrow().contains("100 events"));
  }

  @Test
  void aReaderWhoTakesNothingForTooLongIsCutOff() {
    Lines impatient = new Lines(1_000_000, Duration.ofMillis(20));
    readAll(impatient);
    Await.until(
        "it is cut off",
        Duration.ofSeconds(10),
        () -> {
          impatient.write(Buffer.buffer("x"));
          return impatient.cutOffBecause().isPresent();
        });
    assertEquals("broken", read.toString());
    assertEquals(1, closed.get());
  }

  @Test
  void nobodyWhoEverReadsIsCutOffToo() {
    lines.onClose(closed::incrementAndGet);
    for (int i = 0; i <= 100; i++) {
      lines.write(Buffer.buffer("x"));
    }
    assertEquals(1, closed.get());
  }

  @Test
  void whoHasGoneIsToldNoMore() {
    readAll(lines);
    lines.resume();
    lines.close();
    lines.close();
    lines.write(Buffer.buffer("a"));
    assertEquals(1, closed.get());
    assertEquals("broken", read.toString());
  }
}

package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Nothing is asked for too late, nothing is told twice. */
class ToldEventsTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000L, 123_456_789);
  private static final long NANOS = 1_800_000_000_123_456_789L;

  private final ToldEvents told = new ToldEvents(START, Duration.ofSeconds(1));

  private static EngineEvent event(long timeNanos, String id) {
    return new EngineEvent("container", "start", id, timeNanos, new JsonObject().put("id", id));
  }

  @Test
  void atFirstAllSinceTheStartIsAskedFor() {
    assertEquals(START, told.resumeFrom());
  }

  @Test
  void thenWhatCameShortlyBeforeTheLastButNothingBeforeTheStart() {
    told.add(event(NANOS + 10, "a"));
    assertEquals(START, told.resumeFrom());
    told.add(event(NANOS + 5_000_000_000L, "b"));
    assertEquals(START.plusSeconds(4), told.resumeFrom());
  }

  @Test
  void anEventIsToldOnce() {
    assertTrue(told.add(event(NANOS + 1, "a")));
    assertFalse(told.add(event(NANOS + 1, "a")));
    assertTrue(told.add(event(NANOS + 1, "b")), "another at the same nanosecond");
    assertTrue(told.add(event(NANOS + 2, "a")), "the same at another");
    assertFalse(told.add(event(NANOS + 1, "b")));
  }

  @Test
  void anEventThatCameInTheWrongOrderIsToldToo() {
    assertTrue(told.add(event(NANOS + 100, "a")));
    assertTrue(told.add(event(NANOS + 50, "b")));
    assertFalse(told.add(event(NANOS + 100, "a")));
  }

  @Test
  void anEngineWhoseClockWasSetBackIsAskedForItsNewTime() {
    told.add(event(NANOS + 3_600_000_000_000L, "a"));
    told.add(event(NANOS + 60_000_000_000L, "b"));
    assertEquals(START.plusSeconds(59), told.resumeFrom());
  }

  @Test
  void moreIsRememberedThanAnEngineRepeats() {
    for (int i = 0; i < 5000; i++) {
      assertTrue(told.add(event(NANOS + i, "a")));
    }
    for (int i = 4999; i > 4999 - 256; i--) {
      assertFalse(told.add(event(NANOS + i, "a")));
    }
  }
}

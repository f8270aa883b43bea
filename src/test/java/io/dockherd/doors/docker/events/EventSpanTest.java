package io.dockherd.doors.docker.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.Query;
import io.dockherd.failure.Invalid;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSpanTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_774_000_000);

  @ParameterizedTest
  @CsvSource({
    "1774000000, 2026-03-20T09:46:40Z",
    "1774000000.5, 2026-03-20T09:46:40.5Z",
    "1774000000.000000001, 2026-03-20T09:46:40.000000001Z",
    "1774000000.0000000019, 2026-03-20T09:46:40.000000001Z",
    "2026-03-20T09:46:40Z, 2026-03-20T09:46:40Z",
    "2026-03-20T11:46:40.25%2B02:00, 2026-03-20T09:46:40.25Z",
    "0, 1970-01-01T00:00:00Z",
    "-5, 1970-01-01T00:00:00Z",
    "99999999999999999999, 2255-03-14T16:00:00Z",
  })
  void timesAreReadAsClientsWriteThem(String text, Instant meant) {
    assertEquals(meant, EventSpan.of(Query.parse("since=" + text)).from());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"since=abc", "until=10m", "since=1e9", "since=1.2.3", "since=.5", "until=T"})
  void whatIsNoTimeIsSaid(String query) {
    assertThrows(Invalid.class, () -> EventSpan.of(Query.parse(query)));
  }

  @Test
  void theEndIsNotBeforeTheBeginning() {
    Invalid refused =
        assertThrows(Invalid.class, () -> EventSpan.of(Query.parse("since=10&until=5")));
    assertEquals("`since` time (10) cannot be after `until` time (5)", refused.getMessage());
  }

  @Test
  void thePastIsToldWhenEitherIsGivenAndTheFutureUnlessItIsOver() {
    assertEquals("future", told(""));
    assertEquals("past future", told("since=5"));
    assertEquals("past", told("until=1773999999.9"));
    assertEquals("past future", told("until=1774000001"));
    assertEquals("past", told("since=5&until=6"));
  }

  private static String told(String query) {
    EventSpan span = EventSpan.of(Query.parse(query));
    return ((span.hasPast() ? "past " : "") + (span.isOver(NOW) ? "" : "future")).strip();
  }
}

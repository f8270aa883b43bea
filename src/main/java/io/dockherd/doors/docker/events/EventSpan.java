package io.dockherd.doors.docker.events;

import io.dockherd.doors.Query;
import io.dockherd.failure.Invalid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * From when to when somebody wants events: {@code since} and {@code until}, each in seconds since
 * 1970 with or without a fraction ({@code 1774000000.123456789}) or as RFC 3339 ({@code
 * 2026-03-20T12:26:40Z}). Durations ({@code 10m}) are the client's to resolve.
 *
 * <p>As with an engine, what is remembered is told when either is given; what comes is told too
 * unless {@code until} has passed.
 *
 * @param since the earliest; empty for what comes from now on, or all if there is an {@code until}
 * @param until the latest; empty for no end
 */
record EventSpan(Optional<Instant> since, Optional<Instant> until) {
  /** In the year 2255; what is later is as good as never. */
  private static final BigDecimal LATEST = BigDecimal.valueOf(9_000_000_000L);

  /**
   * Reads one.
   *
   * @throws Invalid when a time is none, or the end is before the beginning
   */
  static EventSpan of(Query query) {
    EventSpan span = new EventSpan(time(query, "since"), time(query, "until"));
    if (span.from().isAfter(span.to())) {
      throw new Invalid(
          "since",
          "`since` time (%s) cannot be after `until` time (%s)"
              .formatted(query.text("since"), query.text("until")),
          "");
    }
    return span;
  }

  private static Optional<Instant> time(Query query, String name) {
    String text = query.text(name).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      return text.contains("T") || text.contains("t")
          ? OffsetDateTime.parse(text).toInstant()
          : seconds(text);
    } catch (NumberFormatException | DateTimeException e) {
      throw new Invalid(
          name,
          "invalid value for " + name + ": '" + text + "'",
          "give seconds since 1970, or a time as 2026-03-20T12:26:40Z",
          e);
    }
  }

  private static Instant seconds(String text) {
    if (text.length() > 64 || !text.matches("-?[0-9]+(\\.[0-9]*)?")) {
      throw new NumberFormatException(text);
    }
    BigDecimal seconds = new BigDecimal(text).max(BigDecimal.ZERO).min(LATEST);
    BigDecimal nanos = seconds.movePointRight(9).setScale(0, RoundingMode.DOWN);
    return Instant.ofEpochSecond(0, nanos.longValueExact());
  }

  /** Whether what is remembered is wanted. */
  boolean hasPast() {
    return since.isPresent() || until.isPresent();
  }

  /** Whether nothing that is still to come is wanted. */
  boolean isOver(Instant now) {
    return until.filter(now::isAfter).isPresent();
  }

  /** The earliest that is wanted. */
  Instant from() {
    return since.orElse(Instant.EPOCH);
  }

  /** The latest that is wanted. */
  Instant to() {
    return until.orElse(Instant.ofEpochSecond(LATEST.longValue()));
  }
}

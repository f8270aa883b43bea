package io.dockherd.doors.docker.networks;

import io.dockherd.failure.Invalid;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as Docker's filters take it: how long ago ({@code 24h}, {@code 1h30m}), seconds since
 * 1970 ({@code 1700000000.5}), a date ({@code 2026-01-31}) or a time of a date with or without its
 * offset from UTC.
 */
final class Until {
  private static final Pattern AGO = Pattern.compile("(?:[0-9]{1,9}(?:ms|h|m|s))+");
  private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|h|m|s)");
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,11})(?:\\.[0-9]{1,9})?");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

  private Until() {}

  /**
   * Reads one.
   *
   * @throws Invalid when it is none of these
   */
  static Instant parse(String text, Instant now) {
    if (AGO.matcher(text).matches()) {
      return now.minus(ago(text));
    }
    Matcher seconds = SECONDS.matcher(text);
    if (seconds.matches()) {
      return Instant.ofEpochSecond(Long.parseLong(seconds.group(1)));
    }
    try {
      return date(text);
    } catch (DateTimeException e) {
      throw new Invalid("until", "invalid filter 'until=" + text + "'", "", e);
    }
  }

  private static Duration ago(String text) {
    long millis = 0;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      millis += Long.parseLong(part.group(1)) * MILLIS.get(part.group(2));
    }
    return Duration.ofMillis(millis);
  }

  private static Instant date(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
    }
    boolean hasOffset = text.matches(".*T.*(Z|[+-][0-9]{2}:?[0-9]{2})");
    return hasOffset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
  }
}

package io.dockherd.doors.actions.verbs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A point in time as people write it, for engines that take seconds only: {@code 1774000000.5}
 * (since 1970), {@code 2026-11-22T10:00:00Z} (without an offset in UTC), {@code 2026-11-22}, or how
 * long ago, {@code 1h30m}.
 */
sealed interface Moment {
  /** That moment, seen from {@code now}. */
  Instant at(Instant now);

  /** A fixed one. */
  record Fixed(Instant instant) implements Moment {
    @Override
    public Instant at(Instant now) {
      return instant;
    }
  }

  /** So long ago. */
  record Ago(Duration span) implements Moment {
    @Override
    public Instant at(Instant now) {
      return now.minus(span);
    }
  }

  /** Seconds since 1970 with nine decimals, as engines take it. */
  static String seconds(Instant instant) {
    return String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano());
  }

  /** Reads one; empty when it is none. */
  static Optional<Moment> parse(String text) {
    try {
      if (Forms.SECONDS.matcher(text).matches()) {
        BigDecimal seconds = new BigDecimal(text);
        long whole = seconds.longValue();
        long nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue();
        return Optional.of(new Fixed(Instant.ofEpochSecond(whole, nanos)));
      }
      if (Forms.SPAN.matcher(text).matches()) {
        return Optional.of(new Ago(Duration.parse("PT" + text)));
      }
      return Optional.of(new Fixed(date(text)));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Instant date(String text) {
    if (text.indexOf('T') < 0) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return Forms.OFFSET.matcher(text).find()
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** How the kinds are told apart. */
  final class Forms {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");
    private static final Pattern SPAN =
        Pattern.compile("(?=\\d)(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}(\\.\\d{1,9})?s)?");
    private static final Pattern OFFSET = Pattern.compile("(Z|[+-]\\d{2}(:?\\d{2})?)$");

    private Forms() {}
  }
}

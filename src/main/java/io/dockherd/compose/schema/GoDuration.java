package io.dockherd.compose.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Compose writes them: {@code 1m30s}, {@code 1.5h}, {@code 2d}; and 0. */
public final class GoDuration {
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h|d|w)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L,
          "w", 604_800_000_000_000L);

  private static final int LONGEST = 100;

  private GoDuration() {}

  /** The time a text means. */
  public static Optional<Duration> parse(String text) {
    String left = text.length() > LONGEST ? "" : text.strip();
    if (left.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(left);
    int at = 0;
    while (at < left.length()) {
      part.region(at, left.length());
      if (!part.lookingAt()) {
        return Optional.empty();
      }
      nanos =
          nanos.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.get(part.group(2)))));
      at = part.end();
    }
    boolean fits = at > 0 && nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits
        ? Optional.of(Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact()))
        : Optional.empty();
  }

  /** A time without needless units: {@code 1m30s}, {@code 500ms}, {@code 0s}. */
  public static String print(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      long nanos = time.toNanos();
      return nanos == 0
          ? "0s"
          : nanos >= 1_000_000
              ? fraction(nanos, 6) + "ms"
              : nanos >= 1_000 ? fraction(nanos, 3) + "µs" : nanos + "ns";
    }
    long hours = time.toHours();
    long minutes = time.toMinutesPart();
    String seconds = fraction(time.toSecondsPart() * 1_000_000_000L + time.getNano(), 9);
    return (hours > 0 ? hours + "h" : "")
        + (hours > 0 || minutes > 0 ? minutes + "m" : "")
        + seconds
        + "s";
  }

  private static String fraction(long number, int digits) {
    return number == 0
        ? "0"
        : BigDecimal.valueOf(number, digits).stripTrailingZeros().toPlainString();
  }
}

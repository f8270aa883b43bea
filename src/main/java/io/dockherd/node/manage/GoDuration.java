package io.dockherd.node.manage;

import io.dockherd.failure.Invalid;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as classic Swarm's flags have them: {@code 30s}, {@code 1m30s}, {@code 250ms}, {@code 0}.
 */
final class GoDuration {
  private static final Pattern WHOLE =
      Pattern.compile("([+-]?)((?:[0-9]{1,9}(?:\\.[0-9]{1,9})?(?:ns|us|µs|ms|s|m|h))+|0)");
  private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns",
          1L,
          "us",
          1_000L,
          "µs",
          1_000L,
          "ms",
          1_000_000L,
          "s",
          1_000_000_000L,
          "m",
          60_000_000_000L,
          "h",
          3_600_000_000_000L);

  private GoDuration() {}

  /**
   * Reads one.
   *
   * @param otherwise what is said first when it is none
   */
  static Duration parse(String text, String otherwise) {
    Matcher whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw new Invalid(
          text, otherwise + ": '" + text + "' is no time", "write it as 30s, 1m30s or 250ms");
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(whole.group(2));
    while (part.find()) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.get(part.group(2)));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
    }
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    Duration time = Duration.ofNanos(nanos.min(most).longValue());
    return whole.group(1).equals("-") ? time.negated() : time;
  }
}

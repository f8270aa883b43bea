package io.dockherd.compose.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory: {@code 300}, {@code 64m}, {@code 1.5GB}, {@code 2gib}; 1 k is 1024 bytes. */
public final class ByteCount {
  private static final Pattern FORM =
      Pattern.compile("(-?[0-9]{1,19}(?:\\.[0-9]{1,9})?)\\s?([kKmMgGtTpP]?)(?:[iI]?[bB])?");

  private static final String UNITS = "kmgtp";

  private ByteCount() {}

  /** How many bytes a text means; -1, for no limit, is allowed. */
  public static Optional<Long> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2).toLowerCase()) + 1;
    BigDecimal bytes =
        new BigDecimal(matcher.group(1))
            .multiply(new BigDecimal(1L << (10 * power)))
            .setScale(0, RoundingMode.DOWN);
    boolean fits =
        bytes.compareTo(BigDecimal.valueOf(-1)) >= 0
            && bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? Optional.of(bytes.longValueExact()) : Optional.empty();
  }
}

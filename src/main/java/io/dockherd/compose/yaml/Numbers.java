package io.dockherd.compose.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** Numbers as YAML writes them. */
public final class Numbers {
  /** With more digits, and below a ten-thousandth, the reference writes an exponent. */
  private static final int LONGEST_PLAIN = 6;

  private Numbers() {}

  /** The whole number {@code text} is ({@code 0440} is 288), if it is one that fits. */
  public static Optional<Long> whole(String text) {
    return PlainScalar.whole(text)
        .filter(number -> number.bitLength() < 64)
        .map(BigInteger::longValue);
  }

  /** The number {@code text} is, if it is one. */
  public static Optional<Double> decimal(String text) {
    return switch (PlainScalar.kind(text)) {
      case WHOLE -> PlainScalar.whole(text).map(BigInteger::doubleValue);
      case DECIMAL -> Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
      case TEXT, FLAG, NOTHING -> Optional.empty();
    };
  }

  /**
   * A number, flag or text as the reference puts it where a text is wanted: {@code 0440} becomes
   * 288 and {@code 1.10} becomes 1.1.
   */
  public static String asText(YamlScalar scalar) {
    return switch (scalar.kind()) {
      case WHOLE ->
          PlainScalar.whole(scalar.text()).map(BigInteger::toString).orElse(scalar.text());
      case DECIMAL -> plain(Double.parseDouble(scalar.text()));
      case FLAG -> scalar.text().toLowerCase(Locale.ROOT);
      case TEXT, NOTHING -> scalar.text();
    };
  }

  /** A decimal without needless digits: 0.5, 2, 1e+06. */
  public static String plain(double number) {
    if (number == 0 || !Double.isFinite(number)) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < LONGEST_PLAIN) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}

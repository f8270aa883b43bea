package io.dockherd.compose.yaml;

import io.dockherd.compose.yaml.YamlScalar.Kind;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What unquoted text means, as Compose's reference reads it: YAML 1.2 with the octal numbers of
 * 1.1. So {@code yes} and {@code 22:22} are texts, and {@code 0440} is 288.
 */
final class PlainScalar {
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> FLAGS =
      Set.of("true", "True", "TRUE", "false", "False", "FALSE");

  /** Each repetition is of single characters: no text makes them slow. */
  private static final Pattern WHOLE =
      Pattern.compile("[-+]?(?:0|[1-9][0-9]*|0[0-7]+|0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+)");

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  private static final int LONGEST_NUMBER = 100;

  private PlainScalar() {}

  static Kind kind(String text) {
    if (NOTHING.contains(text)) {
      return Kind.NOTHING;
    }
    if (FLAGS.contains(text)) {
      return Kind.FLAG;
    }
    if (text.length() > LONGEST_NUMBER) {
      return Kind.TEXT;
    }
    return WHOLE.matcher(text).matches()
        ? Kind.WHOLE
        : DECIMAL.matcher(text).matches() ? Kind.DECIMAL : Kind.TEXT;
  }

  /** The number a text of kind {@link Kind#WHOLE} means; empty when it is none. */
  static Optional<BigInteger> whole(String text) {
    if (text.length() > LONGEST_NUMBER || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    boolean isNegative = text.startsWith("-");
    String digits = text.startsWith("+") || isNegative ? text.substring(1) : text;
    BigInteger number =
        switch (digits.length() < 2 || digits.charAt(0) != '0' ? '1' : digits.charAt(1)) {
          case 'x' -> new BigInteger(digits.substring(2), 16);
          case 'b' -> new BigInteger(digits.substring(2), 2);
          case 'o' -> new BigInteger(digits.substring(2), 8);
          default ->
              digits.length() > 1 && digits.charAt(0) == '0'
                  ? new BigInteger(digits, 8)
                  : new BigInteger(digits);
        };
    return Optional.of(isNegative ? number.negate() : number);
  }
}

package io.dockherd.scheduling.expressions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.dockherd.failure.Invalid;
import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A condition on one property, as classic Swarm has them: {@code key==value}, {@code key!=value}.
 *
 * <p>The value is matched whole, {@code *} standing for anything, or as a regular expression
 * anywhere in the text when it stands between slashes: {@code node==/host-[12]$/}. A leading {@code
 * ~} makes the condition soft: wanted, not demanded. In a plain value the other signs of regular
 * expressions mean what they mean there ({@code .} any character, {@code a|b} what begins with a or
 * ends in b): so it was in Swarm and scripts rely on it; what equals the value to the letter
 * matches in any case.
 */
public final class Expression {
  /** Longer than any sensible one, short enough to be matched against every label of a herd. */
  private static final int LONGEST = 1000;

  private static final Pattern KEY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]+");
  private static final Pattern VALUE =
      Pattern.compile("[=!/]?~?[A-Za-z0-9:_\\s.*/()?+\\[\\]\\\\^$|-]+");

  private final String key;
  private final boolean isEqual;
  private final String value;
  private final boolean isSoft;
  private final String condition;
  private final Predicate<String> matcher;

  private Expression(String key, boolean isEqual, String value, boolean isSoft) {
    this.key = key;
    this.isEqual = isEqual;
    this.value = value;
    this.isSoft = isSoft;
    this.condition = key + (isEqual ? "==" : "!=") + value;
    this.matcher = matcher(value);
  }

  private static Predicate<String> matcher(String value) {
    if (value.length() > 2 && value.startsWith("/") && value.endsWith("/")) {
      return compile(value.substring(1, value.length() - 1));
    }
    return Wildcard.fits(value)
        ? Wildcard.of(value)::matches
        : compile("^" + value.replaceAll("\\*+", ".*") + "$");
  }

  /** RE2's, as Swarm's: it takes time linear in the text, whatever a caller writes. */
  private static Predicate<String> compile(String text) {
    try {
      Pattern pattern = Pattern.compile(text);
      return other -> pattern.matcher(other).find();
    } catch (PatternSyntaxException e) {
      throw new Invalid(
          text, "'" + text + "' is no regular expression: " + e.getDescription(), "", e);
    }
  }

  /**
   * Reads one.
   *
   * @throws Invalid in Swarm's words when it is none
   */
  public static Expression parse(String text) {
    if (text.length() > LONGEST) {
      throw new Invalid(
          text.substring(0, 50) + "…",
          "an expression of " + text.length() + " characters",
          "use no more than " + LONGEST);
    }
    boolean isEqual = text.contains("==");
    int operator = text.indexOf(isEqual ? "==" : "!=");
    if (operator < 0) {
      throw new Invalid(text, "One of operator ==, != is expected", "'" + text + "' has none");
    }
    String key = text.substring(0, operator);
    String value = text.substring(operator + 2);
    if (!KEY.matcher(key).matches()) {
      throw new Invalid(text, "Key '" + key + "' is invalid", "");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new Invalid(text, "Value '" + value + "' is invalid", "");
    }
    boolean isSoft = value.startsWith("~");
    return new Expression(key, isEqual, isSoft ? value.substring(1) : value, isSoft);
  }

  /** What it is about. */
  public String key() {
    return key;
  }

  /** Without the {@code ~}. */
  public String value() {
    return value;
  }

  /** Whether it is only wanted. */
  public boolean isSoft() {
    return isSoft;
  }

  /** Whether something of that text meets it. */
  public boolean isMetBy(String text) {
    return matches(text) == isEqual;
  }

  /** {@code ==}: whether any of those matches; {@code !=}: whether none does. */
  public boolean isMetBy(Collection<String> texts) {
    return texts.stream().anyMatch(this::matches) == isEqual;
  }

  private boolean matches(String text) {
    return text.equals(value) || matcher.test(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString());
  }

  /** As it was written: {@code node==~host-1}. */
  @Override
  public String toString() {
    return condition.replaceFirst("([=!]=)", isSoft ? "$1~" : "$1");
  }

  /** Without the {@code ~}: {@code node==host-1}. */
  public String condition() {
    return condition;
  }
}

package io.dockherd.scheduling.expressions;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value without signs of regular expressions but {@code *}, which is what nearly all are: matched
 * by looking, a hundred times faster than the same as a regular expression.
 */
final class Wildcard {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9:_ /*-]+");

  private final List<String> parts;

  private Wildcard(List<String> parts) {
    this.parts = parts;
  }

  /** Whether a value is such a one. */
  static boolean fits(String value) {
    return PLAIN.matcher(value).matches();
  }

  /** The wildcard of a value that fits. */
  static Wildcard of(String value) {
    return new Wildcard(List.of(value.split("\\*+", -1)));
  }

  /** Whether it is the whole text; as of a regular expression's dot, a line's end is no sign. */
  boolean matches(String text) {
    if (parts.size() == 1) {
      return text.equals(parts.getFirst());
    }
    String last = parts.getLast();
    int at = parts.getFirst().length();
    int end = text.length() - last.length();
    if (at > end
        || !text.startsWith(parts.getFirst())
        || !text.endsWith(last)
        || text.indexOf('\n') >= 0) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}

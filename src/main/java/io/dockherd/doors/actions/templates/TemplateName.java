package io.dockherd.doors.actions.templates;

import io.dockherd.failure.Invalid;
import java.util.regex.Pattern;

/**
 * A template's name: such that it can be part of a file's name or a record's key and of nothing
 * else.
 */
public record TemplateName(String value) {
  private static final int LONGEST = 128;
  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  public TemplateName {
    if (!isFit(value)) {
      throw new Invalid(
          value,
          "'" + value + "' can't be a template's name",
          "use letters, digits, '_', '.' and '-', beginning with a letter or a digit, "
              + LONGEST
              + " at most");
    }
  }

  /** Whether a text can be a template's name. */
  public static boolean isFit(String text) {
    return text.length() <= LONGEST && FIT.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}

package io.dockherd.apps.model;

import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an app stands among the others: {@code /shop/web} is the app {@code web} in the group
 * {@code /shop}. What a dialect allows beyond or below this it says itself.
 *
 * @param value absolute, without a slash at its end
 */
public record AppPath(String value) implements Comparable<AppPath> {
  private static final int LONGEST = 255;
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  /**
   * @throws Invalid when it is no path: each segment begins with a letter or digit and goes on with
   *     these, dots, dashes and underscores
   */
  public AppPath {
    if (!isOne(value)) {
      throw new Invalid(
          value,
          "'" + value + "' is no path of an app",
          "write it like /shop/web: letters, digits, '_', '.' and '-' between slashes");
    }
  }

  /** Whether a text is one. */
  public static boolean isOne(String text) {
    return text.length() <= LONGEST
        && text.startsWith("/")
        && !text.endsWith("/")
        && List.of(text.substring(1).split("/", -1)).stream()
            .allMatch(segment -> SEGMENT.matcher(segment).matches());
  }

  /** That path; a relative one begins at the root. */
  public static AppPath of(String text) {
    return new AppPath(text.startsWith("/") ? text : "/" + text);
  }

  /** Its last segment. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The group it is in: {@code /shop}; {@code /} for the root. */
  public String group() {
    int end = value.lastIndexOf('/');
    return end == 0 ? "/" : value.substring(0, end);
  }

  /** {@code [shop, web]}. */
  public List<String> segments() {
    return List.of(value.substring(1).split("/"));
  }

  /** Whether it is in that group or in one below it. */
  public boolean isUnder(String group) {
    return group.equals("/") || value.startsWith(group + "/");
  }

  @Override
  public int compareTo(AppPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

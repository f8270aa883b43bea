package io.dockherd.apps.model;

import io.dockherd.failure.Invalid;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a configuration of an app: {@code 7-ab12cd34}. The number counts changes of the
 * configuration; the hash of the configuration tells apart what two sides of a split called by one
 * number.
 *
 * @param number from 1
 * @param hash eight hexadecimal digits
 */
public record RevisionId(int number, String hash) implements Comparable<RevisionId> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})-([0-9a-f]{8})");

  public RevisionId {
    Objects.requireNonNull(hash, "hash");
  }

  /**
   * Reads {@code 7-ab12cd34}.
   *
   * @throws Invalid when it is none
   */
  public static RevisionId of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new Invalid(text, "'" + text + "' is no revision", "write it like 7-ab12cd34");
    }
    return new RevisionId(Integer.parseInt(matcher.group(1)), matcher.group(2));
  }

  @Override
  public int compareTo(RevisionId other) {
    return number != other.number
        ? Integer.compare(number, other.number)
        : hash.compareTo(other.hash);
  }

  @Override
  public String toString() {
    return number + "-" + hash;
  }
}

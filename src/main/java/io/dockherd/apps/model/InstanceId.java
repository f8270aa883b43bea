package io.dockherd.apps.model;

import io.dockherd.failure.Invalid;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One life of one running copy of an app: {@code 3-k2x9qa0b}. The slot is a place among the app's
 * copies, from 1, and is given again when its instance has gone; names people know are made of it.
 * The token is drawn for each life, so that a failed instance and the one that replaces it are two.
 *
 * @param token eight letters and digits
 */
public record InstanceId(int slot, String token) implements Comparable<InstanceId> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})-([a-z0-9]{8})");

  public InstanceId {
    Objects.requireNonNull(token, "token");
  }

  /**
   * Reads {@code 3-k2x9qa0b}.
   *
   * @throws Invalid when it is none
   */
  public static InstanceId of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new Invalid(text, "'" + text + "' is no instance", "write it like 3-k2x9qa0b");
    }
    return new InstanceId(Integer.parseInt(matcher.group(1)), matcher.group(2));
  }

  @Override
  public int compareTo(InstanceId other) {
    return slot != other.slot ? Integer.compare(slot, other.slot) : token.compareTo(other.token);
  }

  @Override
  public String toString() {
    return slot + "-" + token;
  }
}

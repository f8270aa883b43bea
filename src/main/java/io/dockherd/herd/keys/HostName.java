package io.dockherd.herd.keys;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells host names and written IP addresses apart, without asking any name server. */
public final class HostName {
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");
  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int MAX_LENGTH = 253;

  private HostName() {}

  /** Whether {@code text} can stand in a certificate as a host name; IP addresses can't. */
  public static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.endsWith(".")) {
      return false;
    }
    String[] labels = text.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    // A last label of digits would be read as an IPv4 address somewhere.
    return !labels[labels.length - 1].chars().allMatch(Character::isDigit);
  }

  /** The address {@code text} writes down, with or without brackets; empty for anything else. */
  public static Optional<InetAddress> literal(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!bare.contains(":") && !FOUR_NUMBERS.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

package io.dockherd.apps.artifacts;

import io.dockherd.failure.Invalid;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * @param bits of the address that count
 */
public record Network(InetAddress address, int bits) {
  /** Four numbers or colons: literals of fewer numbers mean what nobody expects. */
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

  public Network {
    Objects.requireNonNull(address, "address");
    if (bits < 0 || bits > address.getAddress().length * 8) {
      throw new IllegalArgumentException("no such network: " + address + "/" + bits);
    }
  }

  /**
   * Reads one.
   *
   * @throws Invalid when it is none
   */
  public static Network of(String text) {
    Matcher form = FORM.matcher(text);
    try {
      if (form.matches()) {
        InetAddress address = InetAddress.ofLiteral(form.group(1));
        int all = address.getAddress().length * 8;
        return new Network(address, form.group(2) == null ? all : Integer.parseInt(form.group(2)));
      }
    } catch (IllegalArgumentException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
  }

  private static Invalid invalid(String text, IllegalArgumentException cause) {
    return new Invalid(
        text, "'" + text + "' is no network", "write it like 10.0.0.0/8 or fd00::/8", cause);
  }

  /** Whether that address is in it. */
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] its = other.getAddress();
    if (mine.length != its.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((mine[bit / 8] & mask) != (its[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}

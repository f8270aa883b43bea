package io.dockherd.scheduling;

import java.util.Locale;
import java.util.Objects;

/**
 * A port of the host a container asks for or holds.
 *
 * @param isOfHostNetwork whether it is a port of a container that uses the host's network itself;
 *     such ones only meet their like
 * @param ip the address it is bound to; "" for all
 * @param first of the range, of which any one will do
 * @param last the same as {@code first} when it is that port and no other
 * @param protocol tcp, udp or sctp
 */
public record PortClaim(boolean isOfHostNetwork, String ip, int first, int last, String protocol) {
  public PortClaim {
    Objects.requireNonNull(ip, "ip");
    protocol = protocol.toLowerCase(Locale.ROOT);
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("no range of ports: " + first + "-" + last);
    }
  }

  /** One published port. */
  public static PortClaim published(String ip, int port, String protocol) {
    return new PortClaim(false, ip, port, port, protocol);
  }

  /** Whether it is one certain port. */
  public boolean isSingle() {
    return first == last;
  }

  /** Whether both can't have that port. */
  boolean meets(PortClaim other, int port) {
    return isOfHostNetwork == other.isOfHostNetwork
        && protocol.equals(other.protocol)
        && other.first <= port
        && port <= other.last
        && isSameAddress(ip, other.ip);
  }

  private static boolean isSameAddress(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return true;
    }
    boolean isSix = one.indexOf(':') >= 0;
    if (isSix != (other.indexOf(':') >= 0)) {
      return false;
    }
    String all = isSix ? "::" : "0.0.0.0";
    return one.equals(all) || other.equals(all) || one.equalsIgnoreCase(other);
  }

  /** In Swarm's words: {@code port 80 (Bridge mode)}, {@code port 80/tcp (Host mode)}. */
  String condition() {
    String ports = isSingle() ? Integer.toString(first) : first + "-" + last;
    return isOfHostNetwork
        ? "port " + ports + "/" + protocol + " (Host mode)"
        : "port " + ports + " (Bridge mode)";
  }

  @Override
  public String toString() {
    String ports = isSingle() ? Integer.toString(first) : first + "-" + last;
    return (ip.isEmpty() ? "" : ip + ":") + ports + "/" + protocol;
  }
}

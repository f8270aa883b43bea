package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import io.dockherd.telemetry.Log;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A host, by name or address, and a port.
 *
 * @param host an IPv6 address without brackets
 */
public record HostPort(String host, int port) {
  private static final Log LOG = Log.of(HostPort.class);

  public HostPort {
    Objects.requireNonNull(host, "host");
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || "/?#@,[]".indexOf(c) >= 0)) {
      throw new Invalid(host, "'" + host + "' is no host", "a name, or an IP address");
    }
    if (port < 1 || port > 65535) {
      throw new Invalid(host, port + " is no port", "1 to 65535");
    }
  }

  /** As it is written: {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Its addresses, as they are just now; none when the name is unknown. May ask name servers. */
  Stream<InetSocketAddress> resolve() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port));
    } catch (UnknownHostException e) {
      LOG.debug("a host is unknown", "host", host);
      return Stream.empty();
    }
  }
}

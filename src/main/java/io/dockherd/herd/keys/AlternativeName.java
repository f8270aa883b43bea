package io.dockherd.herd.keys;

import io.dockherd.failure.Invalid;
import java.net.InetAddress;
import java.util.Objects;

/** One of the names a certificate is valid for (RFC 5280 §4.2.1.6). */
public sealed interface AlternativeName {
  /** A host name, without wildcards. */
  record Dns(String name) implements AlternativeName {
    public Dns {
      if (!HostName.isValid(name)) {
        throw new Invalid(name, "'" + name + "' is not a host name", "");
      }
    }

    @Override
    public byte[] der() {
      return Der.implicit(2, Der.ascii(name));
    }
  }

  /** An IPv4 or IPv6 address. */
  record Ip(InetAddress address) implements AlternativeName {
    public Ip {
      Objects.requireNonNull(address, "address");
    }

    @Override
    public byte[] der() {
      return Der.implicit(7, address.getAddress());
    }
  }

  /** A URI in ASCII. */
  record Uri(String uri) implements AlternativeName {
    public Uri {
      Objects.requireNonNull(uri, "uri");
    }

    @Override
    public byte[] der() {
      return Der.implicit(6, Der.ascii(uri));
    }
  }

  /** The name as an element of the extension. */
  byte[] der();

  /**
   * Reads a host: an IP address as it is written, else a host name. Nothing is looked up.
   *
   * @throws Invalid when it is neither
   */
  static AlternativeName of(String host) {
    return HostName.literal(host).<AlternativeName>map(Ip::new).orElseGet(() -> new Dns(host));
  }
}

package io.dockherd.herd.links;

import io.dockherd.herd.keys.HostName;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The host we dialled, which the other side's certificate must name: by its IP address, or by the
 * name it was dialled by. No wildcards, no common names, nothing looked up.
 *
 * @param name empty when it was dialled by its address
 * @param address empty when only the name is known
 */
record DialledHost(String name, Optional<InetAddress> address) {
  private static final int DNS_TYPE = 2;
  private static final int IP_TYPE = 7;

  /** A host as it was written. */
  static DialledHost of(String host) {
    Optional<InetAddress> literal = HostName.literal(host);
    return new DialledHost(literal.isPresent() ? "" : host, literal);
  }

  /** A host that was looked up before it was dialled, or not. */
  static DialledHost of(InetAddress address) {
    if (address == null) {
      return new DialledHost("", Optional.empty());
    }
    // "name/1.2.3.4", or "/1.2.3.4" if it was never looked up; getHostName() would look it up now.
    String text = address.toString();
    return new DialledHost(text.substring(0, text.indexOf('/')), Optional.of(address));
  }

  void requireIn(X509Certificate leaf) throws CertificateException {
    Collection<List<?>> names = leaf.getSubjectAlternativeNames();
    if (names == null || names.stream().noneMatch(this::isMeant)) {
      throw new CertificateException("the certificate does not name the host dialled, " + this);
    }
  }

  private boolean isMeant(List<?> alternativeName) {
    return switch ((Integer) alternativeName.get(0)) {
      case DNS_TYPE -> !name.isEmpty() && name.equalsIgnoreCase((String) alternativeName.get(1));
      case IP_TYPE ->
          address.isPresent()
              && HostName.literal((String) alternativeName.get(1)).equals(address.map(this::bare));
      default -> false;
    };
  }

  /** Without a scope: the same address on any interface. */
  private InetAddress bare(InetAddress scoped) {
    try {
      return InetAddress.getByAddress(scoped.getAddress());
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return address.map(known -> name + "/" + known.getHostAddress()).orElse(name);
  }
}

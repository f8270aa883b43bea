package io.dockherd.doors;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages out. A browser that shows a hostile page can send requests to any address its
 * machine reaches, a door on loopback included, and JSON in a {@code text/plain} body needs no
 * permission first; a hostile DNS name that changes its address makes such a page even "same
 * origin". So: a request with an {@code Origin} is let in only when that origin is the very host
 * and port that was asked and goes by an address or by a name of this node; and on loopback the
 * {@code Host} must be such a one even without an {@code Origin}.
 *
 * <p>Programs (curl, Docker's command line, Vert.x) send no {@code Origin} and notice nothing.
 */
final class Origins {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> names;

  /** {@code names}: what this node is called, besides its addresses and {@code localhost}. */
  Origins(Set<String> names) {
    this.names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }

  /**
   * Why a request with these headers is not let in; empty when it is.
   *
   * @param host the Host header, or null
   * @param origin the Origin header, or null
   * @param site the Sec-Fetch-Site header, or null
   * @param loopback whether it came through a loopback listener
   */
  Optional<String> objection(String host, String origin, String site, boolean loopback) {
    if ("cross-site".equals(site)) {
      return Optional.of("pages of other sites are not let in");
    }
    if (origin != null && !isOwn(host, origin)) {
      return Optional.of("requests from the origin '" + origin + "' are not let in");
    }
    if (loopback && host != null && !isKnown(nameOf(host))) {
      return Optional.of("'" + host + "' is not a name of this node");
    }
    return Optional.empty();
  }

  private boolean isOwn(String host, String origin) {
    int scheme = origin.indexOf("://");
    return host != null
        && scheme > 0
        && origin.substring(scheme + 3).equalsIgnoreCase(host)
        && isKnown(nameOf(host));
  }

  private boolean isKnown(String name) {
    return name.startsWith("[")
        || IPV4.matcher(name).matches()
        || name.equals("localhost")
        || names.contains(name);
  }

  /** The Host header without its port, lower case. */
  private static String nameOf(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return (end > 0 ? host.substring(0, end) : host).toLowerCase(Locale.ROOT);
  }
}

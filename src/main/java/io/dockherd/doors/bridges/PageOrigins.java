package io.dockherd.doors.bridges;

import io.dockherd.failure.Invalid;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which web pages may use a bridge. A page on the net can open a WebSocket to any address the
 * browser's machine reaches, loopback included; the browser then says which page it was.
 */
final class PageOrigins {
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@\\s]+");

  private final Set<String> letIn;

  /**
   * Pages by their origin, as {@code https://console.example:8443}.
   *
   * @throws Invalid when one is written otherwise
   */
  PageOrigins(Set<String> origins) {
    letIn = origins.stream().map(PageOrigins::checked).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a connection with this Origin header, null for none, is let in. */
  boolean isLetIn(String origin) {
    return origin == null || letIn.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static String checked(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new Invalid(
          origin, "'" + origin + "' is no origin of a page", "write it as https://host:port");
    }
    return origin.toLowerCase(Locale.ROOT);
  }
}

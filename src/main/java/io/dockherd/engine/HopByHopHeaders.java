package io.dockherd.engine;

import java.util.Locale;
import java.util.Set;

/** Header lines that are about one connection and not about what it carries (RFC 9110, 7.6.1). */
public final class HopByHopHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What the next request says by itself: whom it asks, and what it carries. */
  private static final Set<String> MADE_ANEW =
      Set.of("content-length", "content-type", "expect", "host");

  private HopByHopHeaders() {}

  /** Whether that one is never passed on. */
  public static boolean include(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a request's header of that name may be passed on with the request as it is. */
  public static boolean leave(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !NAMES.contains(lower) && !MADE_ANEW.contains(lower);
  }
}

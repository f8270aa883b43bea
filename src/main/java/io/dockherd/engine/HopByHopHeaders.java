package io.dockherd.engine;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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

  /**
   * What is passed on of a request's headers, every line of them: a builder's session names its
   * methods in as many lines as it has methods.
   *
   * @param isDropped whether one of that name stays here too
   */
  public static Map<String, List<String>> passedOn(MultiMap headers, Predicate<String> isDropped) {
    Map<String, List<String>> passed = new LinkedHashMap<>();
    for (String name : headers.names()) {
      if (leave(name) && !isDropped.test(name)) {
        passed.put(name, headers.getAll(name));
      }
    }
    return passed;
  }
}

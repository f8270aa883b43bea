package io.dockherd.doors.docker;

import java.util.Objects;

/**
 * A path of the Docker API and what is behind it.
 *
 * @param method upper case
 * @param pattern the path without version, as {@code /containers/{name}/json}: a name in braces
 *     stands for one or more segments, for names have slashes in them ({@code node-1/web}, {@code
 *     library/busybox})
 * @param verb what the gate is asked and the audit told, as {@code container.stop}
 * @param isChange whether it changes something, so that the audit is told
 */
public record Route(
    String method, String pattern, String verb, boolean isChange, Endpoint endpoint) {
  public Route {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(verb, "verb");
    Objects.requireNonNull(endpoint, "endpoint");
    if (!pattern.startsWith("/")) {
      throw new IllegalArgumentException("a pattern starts with '/': " + pattern);
    }
  }

  /** One that changes nothing. */
  public static Route read(String method, String pattern, String verb, Endpoint endpoint) {
    return new Route(method, pattern, verb, false, endpoint);
  }

  /** One that changes something. */
  public static Route change(String method, String pattern, String verb, Endpoint endpoint) {
    return new Route(method, pattern, verb, true, endpoint);
  }
}

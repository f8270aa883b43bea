package io.dockherd.doors.apps;

import java.util.Objects;
import java.util.Optional;

/**
 * A path of the apps door and what is behind it.
 *
 * @param method upper case
 * @param prefix the path up to the app's or group's, {@code /v1/apps}
 * @param suffix what stands behind that, {@code scale}; "" for nothing
 * @param isNamed whether an app or a group stands between; one of several segments
 * @param verb what the gate is asked and the audit told
 * @param isChange whether it changes something, so that the audit is told
 * @param hasDryRun whether it can be asked what the change would come to
 */
record Route(
    String method,
    String prefix,
    String suffix,
    boolean isNamed,
    String verb,
    boolean isChange,
    boolean hasDryRun,
    Endpoint endpoint) {
  Route {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(suffix, "suffix");
    Objects.requireNonNull(verb, "verb");
    Objects.requireNonNull(endpoint, "endpoint");
  }

  /** One that changes nothing. */
  static Route read(String prefix, String suffix, boolean isNamed, String verb, Endpoint endpoint) {
    return new Route("GET", prefix, suffix, isNamed, verb, false, false, endpoint);
  }

  /** One that changes an app or a group. */
  static Route change(String method, String prefix, String suffix, String verb, Endpoint endpoint) {
    return new Route(method, prefix, suffix, true, verb, true, false, endpoint);
  }

  /** The same, when it can be asked what the change would come to. */
  Route withDryRun() {
    return new Route(method, prefix, suffix, isNamed, verb, isChange, true, endpoint);
  }

  /** What the gate is told of what the path names: an app's or a group's path, an image's name. */
  String ruled(String subject) {
    return prefix.equals(ImageEndpoint.IMAGES) ? subject.substring(1) : subject;
  }

  /**
   * What the path names here; empty when it is none of this route's.
   *
   * @param path decoded, without a slash at its end
   */
  Optional<String> subject(String path) {
    String tail = suffix.isEmpty() ? "" : "/" + suffix;
    if (!isNamed) {
      return path.equals(prefix + tail) ? Optional.of("/") : Optional.empty();
    }
    boolean isBetween =
        path.startsWith(prefix + "/")
            && path.endsWith(tail)
            && path.length() > prefix.length() + tail.length() + 1;
    return isBetween
        ? Optional.of(path.substring(prefix.length(), path.length() - tail.length()))
        : Optional.empty();
  }
}

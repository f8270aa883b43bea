package io.dockherd.doors.marathon;

import io.dockherd.doors.Turned;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the route for a method and a path; of those that fit the first.
 *
 * @param all those with more to their paths before those with less
 */
record Routes(List<Route> all) {
  /** A route, and what its names stand for. */
  record Found(Route route, Map<String, String> names) {}

  Routes {
    all = List.copyOf(all);
  }

  /**
   * Where a request goes; HEAD where GET does.
   *
   * @param raw the path as it was sent; empty segments count for nothing, for ids begin with a
   *     slash and are often put after another
   */
  Found find(String method, String raw) {
    String path = decoded(raw);
    String asked = method.equals("HEAD") ? "GET" : method;
    Optional<Found> first = Optional.empty();
    for (Route route : all) {
      Optional<Found> found = route.names(path).map(names -> new Found(route, names));
      if (found.isPresent() && route.method().equals(asked)) {
        return found.get();
      }
      first = first.or(() -> found);
    }
    if (first.isEmpty()) {
      throw MarathonError.of(404, "URI not found: " + path);
    }
    throw MarathonError.of(405, "there is no " + method + " of " + path);
  }

  private static String decoded(String path) {
    try {
      return "/"
          + Arrays.stream(path.split("/"))
              .filter(segment -> !segment.isEmpty())
              .map(
                  segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
              .collect(Collectors.joining("/"));
    } catch (IllegalArgumentException e) {
      throw new Turned(400, "malformed", "the path can't be decoded");
    }
  }
}

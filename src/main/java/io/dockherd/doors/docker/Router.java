package io.dockherd.doors.docker;

import io.dockherd.engine.ApiVersion;
import io.dockherd.failure.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the route for a method and a path, with or without {@code /v1.41} in front. */
public final class Router {
  private static final Pattern VERSION = Pattern.compile("v[0-9]{1,4}\\.[0-9]{1,4}");

  /** Those with more fixed segments first: {@code /containers/{name}} fits nearly everything. */
  private final Map<String, List<Way>> byFirstSegment = new HashMap<>();

  /**
   * What a path leads to.
   *
   * @param version as the path says; empty when it says nothing
   * @param names the values of the pattern's names, decoded
   */
  public record Found(Route route, Optional<ApiVersion> version, Map<String, String> names) {}

  private record Way(Route route, List<String> segments) {
    private long fixed() {
      return segments.stream().filter(segment -> !isName(segment)).count();
    }
  }

  /** A router for those routes; each method and pattern once. */
  public Router(List<Route> routes) {
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      if (!seen.add(route.method() + " " + route.pattern())) {
        throw new IllegalArgumentException("twice: " + route.method() + " " + route.pattern());
      }
      List<String> segments = List.of(route.pattern().substring(1).split("/"));
      byFirstSegment
          .computeIfAbsent(segments.getFirst(), first -> new ArrayList<>())
          .add(new Way(route, segments));
    }
    byFirstSegment
        .values()
        .forEach(ways -> ways.sort(Comparator.comparingLong(Way::fixed).reversed()));
  }

  /** The version a path begins with; empty when there is none. */
  public static Optional<ApiVersion> version(String path) {
    String first = path.substring(Math.min(1, path.length())).split("/", 2)[0];
    return VERSION.matcher(first).matches()
        ? Optional.of(ApiVersion.parse(first.substring(1)))
        : Optional.empty();
  }

  /**
   * Where the path leads; empty when nowhere.
   *
   * @param path as it was sent
   * @throws Invalid when it can't be decoded
   */
  public Optional<Found> find(String method, String path) {
    Optional<ApiVersion> version = version(path);
    String bare = version.isPresent() ? path.substring(Math.max(1, path.indexOf('/', 1))) : path;
    List<String> segments = segments(bare);
    for (Way way : byFirstSegment.getOrDefault(segments.getFirst(), List.of())) {
      if (way.route.method().equals(method)) {
        Optional<Map<String, String>> names = names(way.segments, segments);
        if (names.isPresent()) {
          return Optional.of(new Found(way.route, version, names.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    return Arrays.stream(inner.split("/", -1)).map(Router::decode).toList();
  }

  private static String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Invalid(segment, "the path can't be decoded: " + segment, "", e);
    }
  }

  private static boolean isName(String segment) {
    return segment.startsWith("{");
  }

  /** What the pattern's names stand for; there is at most one in each pattern that is greedy. */
  private static Optional<Map<String, String>> names(List<String> pattern, List<String> path) {
    if (path.size() < pattern.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new LinkedHashMap<>();
    // Only the first name may have slashes: a second one is the last segment, a checkpoint's.
    int spare = path.size() - pattern.size();
    int at = 0;
    for (String expected : pattern) {
      int taken = isName(expected) ? 1 + spare : 1;
      String found = String.join("/", path.subList(at, at + taken));
      at += taken;
      if (isName(expected)) {
        spare = 0;
        names.put(expected.substring(1, expected.length() - 1), found);
      } else if (!expected.equals(found)) {
        return Optional.empty();
      }
    }
    return at == path.size() ? Optional.of(Collections.unmodifiableMap(names)) : Optional.empty();
  }
}

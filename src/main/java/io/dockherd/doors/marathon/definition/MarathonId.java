package io.dockherd.doors.marathon.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ids of apps and groups: {@code /shop/web}. Stricter than paths of the herd are: they were parts
 * of host names.
 */
public final class MarathonId {
  private static final String SEGMENT =
      "^(([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])\\.)*([a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9])$";
  private static final Pattern SEGMENT_FORM = Pattern.compile(SEGMENT);

  /** Paths of the API end with these. */
  private static final Set<String> RESERVED = Set.of("restart", "tasks", "versions", ".", "..");

  private static final int LONGEST = 255;

  private MarathonId() {}

  /** Absolute and without {@code .} and {@code ..}; the root is {@code /}. */
  public static String absolute(String id, String base) {
    String whole = id.startsWith("/") ? id : base + "/" + id;
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : whole.split("/")) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.add(segment);
      }
    }
    return "/" + String.join("/", segments);
  }

  /** What is wrong with the absolute id of an app or group. */
  public static Optional<String> objection(String id) {
    if (id.equals("/")) {
      return Optional.of("must not be root");
    }
    if (id.length() > LONGEST) {
      return Optional.of("must not be longer than " + LONGEST + " characters");
    }
    String last = id.substring(id.lastIndexOf('/') + 1);
    if (RESERVED.contains(last)) {
      return Optional.of("must not end with '" + last + "', which is a path of this API");
    }
    for (String segment : id.substring(1).split("/")) {
      // Measured first: the pattern tries many ways with a long segment it does not match.
      if (segment.length() > 63 || !SEGMENT_FORM.matcher(segment).matches()) {
        return Optional.of("must fully match regular expression '" + SEGMENT + "'");
      }
    }
    return Optional.empty();
  }
}

package io.dockherd.doors.manifests.keys;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A key: {@code /apps/dummy/nginx/manifest}.
 *
 * @param segments none for the root
 */
public record Key(List<String> segments) {
  /** The root. */
  public static final Key ROOT = new Key(List.of());

  public Key {
    segments = List.copyOf(segments);
  }

  /** That of those segments. */
  public static Key of(String... segments) {
    return new Key(List.of(segments));
  }

  /**
   * Reads what stands in a path, percent-encoded. As etcd does: empty segments and {@code .} count
   * for nothing, {@code ..} takes one back and never leads above the root.
   *
   * @throws KeyError when it can't be decoded
   */
  public static Key parse(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : decoded(path).split("/")) {
      if (segment.equals("..")) {
        if (!segments.isEmpty()) {
          segments.removeLast();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return new Key(segments);
  }

  private static String decoded(String path) {
    try {
      // A plus is a plus in a path.
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw KeyError.ofRequest(ErrorCode.INVALID_FORM, "the path can't be decoded");
    }
  }

  /** Whether it is the root. */
  public boolean isRoot() {
    return segments.isEmpty();
  }

  /** Its first segments. */
  public Key first(int count) {
    return new Key(segments.subList(0, count));
  }

  /** The same with one more segment. */
  public Key below(String segment) {
    List<String> more = new ArrayList<>(segments);
    more.add(segment);
    return new Key(more);
  }

  /** Whether it is below the other one, however far. */
  public boolean isBelow(Key other) {
    return segments.size() > other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  /** {@code /apps/dummy}; {@code /} for the root. */
  @Override
  public String toString() {
    return "/" + String.join("/", segments);
  }
}

package io.dockherd.engine;

import io.dockherd.failure.Invalid;

/** A version of the Docker Engine API, as {@code 1.41}. */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** The oldest spoken here. */
  public static final ApiVersion OLDEST = new ApiVersion(1, 24);

  /** The newest spoken here. */
  public static final ApiVersion NEWEST = new ApiVersion(1, 51);

  /** Reads {@code 1.41}. */
  public static ApiVersion parse(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 2) {
        return new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for everything that can't be read.
    }
    throw new Invalid(text, "'" + text + "' is not an API version", "write it as 1.41");
  }

  @Override
  public int compareTo(ApiVersion other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}

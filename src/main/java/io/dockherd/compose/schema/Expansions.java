package io.dockherd.compose.schema;

/**
 * How many values the short forms of a project may stand for; a line with a range of ports is worth
 * thousands, and a file may have thousands of such lines.
 */
public final class Expansions {
  private static final int MOST = 20_000;

  private int left = MOST;

  /** Takes {@code count} of them, if there are so many left. */
  boolean take(int count) {
    left -= Math.min(left + 1, count);
    return left >= 0;
  }
}

package io.dockherd;

/**
 * How long tests go on that prove by repeating: as often as finds a fault that is there most times,
 * or, with {@code -Ddockherd.thorough=true} ({@code ./check --thorough}), as often as finds a rare
 * one.
 */
public final class Thorough {
  private static final boolean IS_ASKED = Boolean.getBoolean("dockherd.thorough");

  private Thorough() {}

  /** The first, or the second where it is asked for. */
  public static int or(int usual, int thorough) {
    return IS_ASKED ? thorough : usual;
  }
}

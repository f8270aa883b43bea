package io.dockherd.doors.docker.images;

/**
 * A pattern as shells have it for paths: {@code *} for anything but a slash, {@code ?} for one
 * letter but a slash, {@code [a-z]} and {@code [^a-z]} for one of some. Matching takes time in
 * proportion to pattern and text multiplied, whatever the pattern.
 */
record Glob(String pattern) {
  /** Whether the whole text fits. */
  boolean fits(String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int starText = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        starText = t;
      } else if (p < pattern.length() && isOneOf(p, text.charAt(t))) {
        p = after(p);
        t++;
      } else if (star >= 0 && text.charAt(starText) != '/') {
        // Let the last star have one letter more. Earlier ones need none: it would be given here.
        p = star + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether the part of the pattern that begins there stands for that letter. */
  private boolean isOneOf(int p, char letter) {
    return switch (pattern.charAt(p)) {
      case '?' -> letter != '/';
      case '[' -> letter != '/' && isInClass(p, letter);
      case '\\' -> p + 1 < pattern.length() && pattern.charAt(p + 1) == letter;
      default -> pattern.charAt(p) == letter;
    };
  }

  private int after(int p) {
    return switch (pattern.charAt(p)) {
      case '[' -> Math.max(p, pattern.indexOf(']', p + 1)) + 1;
      case '\\' -> Math.min(pattern.length(), p + 2);
      default -> p + 1;
    };
  }

  private boolean isInClass(int open, char letter) {
    int close = pattern.indexOf(']', open + 1);
    if (close < 0) {
      return false;
    }
    int at = open + 1;
    boolean isNegated = pattern.charAt(at) == '^';
    at += isNegated ? 1 : 0;
    boolean isIn = false;
    while (at < close) {
      char low = pattern.charAt(at);
      boolean isRange = at + 2 < close && pattern.charAt(at + 1) == '-';
      char high = isRange ? pattern.charAt(at + 2) : low;
      isIn |= low <= letter && letter <= high;
      at += isRange ? 3 : 1;
    }
    return isIn != isNegated;
  }
}

package io.dockherd.compose.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant who wrote a word nobody knows. */
public final class Nearest {
  private static final int LONGEST = 60;

  private Nearest() {}

  /** The word most like {@code word}, if one is like it at all. */
  public static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt((String other) -> distance(plain(word), plain(other))))
        .filter(other -> distance(plain(word), plain(other)) <= Math.max(1, word.length() / 3));
  }

  private static String plain(String word) {
    return word.toLowerCase().replace("-", "").replace("_", "");
  }

  /**
   * How many letters have to be put in, taken out, changed or swapped to get from one to another.
   */
  private static int distance(String from, String to) {
    int[][] rows = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best =
            Math.min(rows[i - 1][j - 1] + change, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean isSwap =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        rows[i][j] = isSwap ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
      }
    }
    return rows[from.length()][to.length()];
  }
}

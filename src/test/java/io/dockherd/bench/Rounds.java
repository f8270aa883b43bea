package io.dockherd.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What each round of one thing took, in seconds. */
record Rounds(double... seconds) {
  Rounds {
    seconds = seconds.clone();
  }

  double median() {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** All of them in their order, the fastest first: {@code 1.20 1.31 1.90}. */
  @Override
  public String toString() {
    return Arrays.stream(seconds)
        .sorted()
        .mapToObj(one -> String.format(Locale.ROOT, "%.2f", one))
        .collect(Collectors.joining(" "));
  }
}

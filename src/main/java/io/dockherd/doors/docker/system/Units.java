package io.dockherd.doors.docker.system;

import java.math.BigDecimal;
import java.math.MathContext;

/** Sizes as Docker writes them for people. */
final class Units {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final MathContext FOUR_DIGITS = new MathContext(4);
  private static final int STEP = 1024;

  private Units() {}

  /** In binary units with up to four digits: {@code 24.72 GiB}, {@code 42 MiB}, {@code 0 B}. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= STEP && unit < BINARY.length - 1) {
      size /= STEP;
      unit++;
    }
    BigDecimal shown = new BigDecimal(size).round(FOUR_DIGITS);
    String digits = shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    return digits + " " + BINARY[unit];
  }
}

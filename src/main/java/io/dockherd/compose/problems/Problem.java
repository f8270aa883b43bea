package io.dockherd.compose.problems;

/**
 * One thing that is wrong, or one that is worth a warning.
 *
 * @param at where
 * @param wrong what is wrong: a sentence without a full stop
 * @param remedy what to do about it; "" for nothing
 */
public record Problem(Position at, String wrong, String remedy) {
  private static final int LONGEST = 500;

  /** What a stranger wrote may be quoted in it: no line may fill a screen or command a terminal. */
  public Problem {
    wrong = printable(wrong);
    remedy = printable(remedy);
  }

  private static String printable(String text) {
    String line = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return line.replace('\n', ' ').replaceAll("\\p{Cntrl}", "?");
  }

  /** {@code compose.yaml:4:7: what is wrong; what to do}. */
  @Override
  public String toString() {
    return at + ": " + wrong + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}

package io.dockherd.compose.interpolation;

/** A text whose variables can't be put in: its form is wrong, or a required one has no value. */
public final class BadTemplate extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  BadTemplate(String wrong, String remedy) {
    super(wrong, null, false, false);
    this.remedy = remedy;
  }

  /** What to do about it; "" for nothing. */
  public String remedy() {
    return remedy;
  }
}

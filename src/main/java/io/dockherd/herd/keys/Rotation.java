package io.dockherd.herd.keys;

/** How far the rotation of a herd key has come; see {@link HerdKey}. */
public enum Rotation {
  NONE("is not being rotated", "the next step is 'dockherd key rotate --add'"),
  ADDED(
      "trusts a new generation and signs with the old one",
      "when every node has this bundle, the next step is 'dockherd key rotate --sign'"),
  SIGNING(
      "signs with the new generation and still trusts the old one",
      "when every node has this bundle, the next step is 'dockherd key rotate --drop'");

  private final String state;
  private final String next;

  Rotation(String state, String next) {
    this.state = state;
    this.next = next;
  }

  /** What the key does, to stand behind "this key". */
  public String state() {
    return state;
  }

  /** What comes next. */
  public String next() {
    return next;
  }
}

package io.dockherd.doors;

/**
 * A call turned away by the door itself, before any dialect looked at it.
 *
 * <p>Not a {@link io.dockherd.failure.Failure}: it speaks of HTTP, not of the herd.
 */
public final class Turned extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** Turned away with that HTTP status, for the reason {@code code} names in a word or two. */
  public Turned(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The reason in a word or two, for programs: {@code too-large}, {@code busy}, … */
  public String code() {
    return code;
  }
}

package io.dockherd.failure;

/** The request itself is wrong: not JSON, a wrong type, a field missing or out of range. */
public final class Invalid extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public Invalid(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public Invalid(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

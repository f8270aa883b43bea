package io.dockherd.failure;

/** What was asked contradicts what is already so: a name taken, a version overtaken. */
public final class Conflict extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public Conflict(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public Conflict(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

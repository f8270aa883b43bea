package io.dockherd.failure;

/** The one asked may not or will not do it: not allowed, no room, wrong state. */
public final class Refused extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public Refused(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public Refused(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

package io.dockherd.failure;

/** No answer within the time limit; whether the work was done is not known. */
public final class TimedOut extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public TimedOut(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public TimedOut(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

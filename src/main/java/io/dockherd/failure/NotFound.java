package io.dockherd.failure;

/** No such container, image, node, template, record: nothing goes by the name that was given. */
public final class NotFound extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public NotFound(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public NotFound(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

package io.dockherd.failure;

/** A node or an engine does not answer at all: no connection, or a connection that broke. */
public final class Unreachable extends Failure {
  private static final long serialVersionUID = 1L;

  /** A failure about {@code subject}: what is wrong, and what to do ("" for nothing). */
  public Unreachable(String subject, String message, String remedy) {
    super(subject, message, remedy, null);
  }

  /** The same, with what caused it. */
  public Unreachable(String subject, String message, String remedy, Throwable cause) {
    super(subject, message, remedy, cause);
  }
}

package io.dockherd.failure;

import java.util.Objects;

/**
 * Something asked for could not be done. Every failure says what it is about ({@link #subject()})
 * and what to do about it ({@link #remedy()}); its message is one sentence that holds both, fit to
 * be shown to whoever asked.
 *
 * <p>Failures carry no stack trace: they are answers, not crashes. A cause, where there is one,
 * keeps its own.
 */
public abstract sealed class Failure extends RuntimeException
    permits NotFound, Ambiguous, Conflict, Refused, Unplaceable, Unreachable, TimedOut, Invalid {
  private static final long serialVersionUID = 1L;

  private final String subject;
  private final String remedy;

  Failure(String subject, String message, String remedy, Throwable cause) {
    super(message, cause, false, false);
    this.subject = Objects.requireNonNull(subject, "subject");
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  /** What the failure is about: the name, id, key or node that was asked for. */
  public String subject() {
    return subject;
  }

  /** What the one who asked can do; empty when there is nothing but to ask again. */
  public String remedy() {
    return remedy;
  }

  /** The message and, where there is one, the remedy: what a door shows. */
  public String explanation() {
    return remedy.isEmpty() ? getMessage() : getMessage() + "; " + remedy;
  }
}

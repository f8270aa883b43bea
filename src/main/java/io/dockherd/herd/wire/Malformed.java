package io.dockherd.herd.wire;

/** Bytes that are not what they should be; says where and how. Carries no stack trace. */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} says what was expected. */
  public Malformed(String message) {
    super(message, null, false, false);
  }
}

package io.dockherd.doors.docker;

/** An answer with Docker's own status and words, where these are known to the one who throws it. */
public final class DockerError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /** Answered with that HTTP status and {@code {"message": …}}. */
  public DockerError(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}

package io.dockherd.doors;

/**
 * One way of speaking with the herd over HTTP: the paths it owns, its answers, its errors. There
 * are two kinds: one takes requests whole, the other as they come.
 */
public sealed interface Dialect permits WholeDialect, StreamingDialect {
  /** Its name, as identities and logs have it. */
  String name();

  /** Whether a call is addressed to this dialect. Decided on the event loop: must not wait. */
  boolean owns(String method, String path);

  /**
   * The dialect's words for what went wrong: a {@link io.dockherd.failure.Failure}, a {@link
   * Turned} away call, or anything else that should not have happened. Must not wait.
   */
  Answer failed(String requestId, Throwable cause);
}

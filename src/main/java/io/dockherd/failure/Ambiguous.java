package io.dockherd.failure;

import java.util.List;

/** A name or id prefix fits more than one thing. */
public final class Ambiguous extends Failure {
  private static final long serialVersionUID = 1L;

  private final transient List<String> candidates;

  /** {@code subject} fits each of {@code candidates}, each written so that it is unique. */
  public Ambiguous(String subject, List<String> candidates) {
    super(
        subject,
        "'" + subject + "' fits more than one: " + String.join(", ", candidates),
        "name one of them in full",
        null);
    this.candidates = List.copyOf(candidates);
  }

  /** What the subject could have meant, each written so that it is unique. */
  public List<String> candidates() {
    return candidates;
  }
}

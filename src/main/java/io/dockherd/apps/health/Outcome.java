package io.dockherd.apps.health;

import java.util.Objects;

/** What came of asking once. */
public sealed interface Outcome {
  /** All is well. */
  record Well() implements Outcome {}

  /** It is not. */
  record Ill(String cause) implements Outcome {
    public Ill {
      Objects.requireNonNull(cause, "cause");
    }
  }

  /** The answer says nothing, and is to count as none. */
  record Nothing() implements Outcome {}
}

package io.dockherd.herd.records;

import java.util.Optional;

/** What comes of a {@link RecordsQuestion.Write}. */
sealed interface WriteAnswer {
  /** It is written and safe; empty when there was nothing to delete. */
  record Done(Optional<Revision> written) implements WriteAnswer {}

  /** It was written as that version when it was asked for before, and overwritten since. */
  record Before(Version version) implements WriteAnswer {}

  /** The key holds another version than expected. */
  record Overtaken(Version now) implements WriteAnswer {}

  /**
   * The one asked does not look after the key, or no longer, and has not written; to be asked
   * elsewhere.
   */
  record NotSteward() implements WriteAnswer {}

  /** The steward can't write. */
  record Failed(String reason, String remedy) implements WriteAnswer {}

  /** Not in time, or not by this one; it may have been done, or be done yet. */
  record Late(String reason) implements WriteAnswer {}
}

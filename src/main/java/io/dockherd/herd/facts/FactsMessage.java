package io.dockherd.herd.facts;

import java.util.List;

/**
 * What peers say to each other about facts. The life of the owner is the sender itself, so that no
 * message names it; a sequence counts the owner's changes from 1.
 */
sealed interface FactsMessage {
  /**
   * The owner's next changes, broadcast.
   *
   * @param first the sequence of the first of them; without changes, that of the next to come
   * @param answer whether the owner waits for an {@link Held} up to here
   */
  record Changes(long first, boolean answer, List<FactChange> changes) implements FactsMessage {
    public Changes {
      changes = List.copyOf(changes);
    }

    /** The owner's sequence after these changes. */
    long last() {
      return first + changes.size() - 1;
    }
  }

  /** A part of all the owner's facts as of {@code sequence}, told to the one who asked. */
  record Whole(long sequence, int part, boolean last, List<FactChange.Told> facts)
      implements FactsMessage {
    public Whole {
      facts = List.copyOf(facts);
    }
  }

  /** What the owner's facts amount to now: whoever holds another asks for the whole. */
  record Digest(long sequence, long hash) implements FactsMessage {}

  /**
   * Asks an owner to compare: it answers with its {@link Digest} when the asker holds the same,
   * with the {@link Whole} otherwise.
   */
  record Compare(long sequence, long hash) implements FactsMessage {}

  /** Tells an owner that all its facts up to {@code sequence} can be read here. */
  record Held(long sequence) implements FactsMessage {}
}

package io.dockherd.fleet.events;

import java.util.Objects;

/**
 * How far a journal has been read.
 *
 * @param life which life of its node it is of; "" when that is not known yet
 * @param after the number of the last event read, or {@link Asked#END}
 * @param since the stamp of the last event read, for when the journal is another by then; 0 for
 *     none
 */
record Position(String life, long after, long since) {
  /** From the end on. */
  static final Position END = new Position("", Asked.END, 0);

  Position {
    Objects.requireNonNull(life, "life");
  }

  /** From the beginning of that life on. */
  static Position beginningOf(String life) {
    return new Position(life, 0, 0);
  }
}

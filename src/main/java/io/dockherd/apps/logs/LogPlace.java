package io.dockherd.apps.logs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a log has been read. Asked for again from there on, an engine begins with the lines of
 * that very moment, of which some have been read and others may not have been. Belongs to one
 * thread.
 */
final class LogPlace {
  /** So many lines of one moment are told from others; more come of no engine. */
  private static final int MOST = 1_000;

  private final List<AppLine> ofLast = new ArrayList<>();
  private final List<AppLine> toSkip = new ArrayList<>();
  private Instant last = Instant.EPOCH;
  private boolean isRereading;

  /** The moment of the latest line; {@link Instant#EPOCH} before the first. */
  Instant last() {
    return last;
  }

  /** The log is read again, from {@link #last} on. */
  void readAgain() {
    isRereading = true;
    toSkip.clear();
    toSkip.addAll(ofLast);
  }

  /**
   * Goes on by one line; false when it was read before. What a log's engine gives in one piece is
   * never left out, in whatever order: two streams, or two lines, may bear one moment.
   */
  boolean goOn(AppLine line) {
    if (isRereading) {
      isRereading = !line.time().isAfter(last);
      boolean wasRead = line.time().isBefore(last) || toSkip.remove(line);
      if (isRereading && wasRead) {
        return false;
      }
    }
    if (line.time().isAfter(last)) {
      last = line.time();
      ofLast.clear();
    }
    if (line.time().equals(last) && ofLast.size() < MOST) {
      ofLast.add(line);
    }
    return true;
  }
}

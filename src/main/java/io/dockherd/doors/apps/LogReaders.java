package io.dockherd.doors.apps;

import io.dockherd.doors.Turned;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Those who read logs just now: each holds connections to engines, so there are not too many. Who
 * takes nothing of what he asked for keeps his place only while nobody else wants it.
 */
final class LogReaders {
  private final int most;
  private final Duration patience;
  private final Set<LineStream> readers = new HashSet<>();

  /**
   * @param most at once
   * @param patience how long a reader may take nothing before his place is given away
   */
  LogReaders(int most, Duration patience) {
    this.most = most;
    this.patience = patience;
  }

  /**
   * Whether there is a place for one more; to be asked before anything is opened for him.
   *
   * @throws Turned when all others read
   */
  void requirePlace() {
    Optional<LineStream> idle;
    synchronized (this) {
      if (readers.size() < most) {
        return;
      }
      idle =
          readers.stream()
              .filter(reader -> reader.stalledFor().compareTo(patience) > 0)
              .max(Comparator.comparing(LineStream::stalledFor));
    }
    idle.orElseThrow(
            () -> new Turned(503, "busy", most + " others read logs already: try in a moment"))
        .cutOff();
  }

  /** He reads, until his stream closes. */
  void admit(LineStream reader) {
    synchronized (this) {
      readers.add(reader);
    }
    reader.onClose(() -> leave(reader));
  }

  private synchronized void leave(LineStream reader) {
    readers.remove(reader);
  }
}

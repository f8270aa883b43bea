package io.dockherd.doors.docker.events;

import io.dockherd.fleet.events.HerdEvent;
import io.dockherd.fleet.events.Lines;
import io.dockherd.fleet.events.Remembered;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One caller who reads events: what is remembered first, then what comes, none of it twice. What
 * comes before the past has been told is kept meanwhile; like all that waits for the caller it is
 * bounded, and he is cut off beyond.
 */
final class EventReader implements Consumer<HerdEvent> {
  private final EventFilter filter;
  private final NodeMarks marks;
  private final Lines lines;
  private final long untilNanos;
  private final Deque<HerdEvent> kept = new ArrayDeque<>();
  private final int mostKept;

  /** What was told of the past; empty as long as that is waited for. */
  private Optional<Remembered> past = Optional.empty();

  EventReader(EventFilter filter, NodeMarks marks, Lines lines, Instant until, int mostKept) {
    this.filter = filter;
    this.marks = marks;
    this.lines = lines;
    this.untilNanos = until.getEpochSecond() * 1_000_000_000L + until.getNano();
    this.mostKept = mostKept;
  }

  /** Tells the past, and from then on what comes. */
  void begin(Remembered remembered) {
    // Without the lock, for it may be much and others are told on the thread that waits for it.
    remembered.events().forEach(this::tell);
    synchronized (this) {
      past = Optional.of(remembered);
      kept.forEach(this::accept);
      kept.clear();
    }
  }

  /** Something happened just now. */
  @Override
  public synchronized void accept(HerdEvent event) {
    if (past.isEmpty() && kept.size() == mostKept) {
      lines.cutOff("more than " + mostKept + " events came while the past was told");
    } else if (past.isEmpty()) {
      kept.add(event);
    } else if (past.get().isBefore(event) && event.placedNanos() <= untilNanos) {
      tell(event);
    }
  }

  private void tell(HerdEvent event) {
    JsonObject marked = marks.of(event.node()).on(event);
    if (filter.includes(marked)) {
      lines.write(Buffer.buffer(marked.toBuffer().getBytes()).appendByte((byte) '\n'));
    }
  }
}

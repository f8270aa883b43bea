package io.dockherd.apps.logs;

import java.time.Duration;
import java.util.Optional;

/**
 * Lines as they come, oldest first as far as that is known. What is not taken is held back, up to
 * the engines. To be read by one thread at a time, and closed.
 */
public interface LogFeed extends AutoCloseable {
  /** What came of waiting for a line. */
  sealed interface Next {
    /** A line. */
    record Line(AppLine line) implements Next {}

    /** None in that time; there may be more. */
    record Silence() implements Next {}

    /** There are no more. */
    record End() implements Next {}
  }

  /** Waits for the next one. */
  Next next(Duration limit);

  /** The same without a word of silence; empty at the end. */
  default Optional<AppLine> line() {
    while (true) {
      switch (next(Duration.ofMinutes(1))) {
        case Next.Line(AppLine line) -> {
          return Optional.of(line);
        }
        case Next.Silence silence -> {}
        case Next.End end -> {
          return Optional.empty();
        }
      }
    }
  }

  /** Lets go of all engines; whoever waits is told of the end. */
  @Override
  void close();
}

package io.dockherd.apps.pods;

import io.dockherd.apps.logs.LineReader;
import io.dockherd.engine.BodyChunks;
import io.dockherd.engine.EngineStream;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last lines of a container's output. */
final class Tail {
  private Tail() {}

  /**
   * Reads to the end.
   *
   * @throws io.dockherd.failure.TimedOut when that is not in time
   * @throws io.dockherd.failure.Unreachable when the stream breaks
   */
  static List<String> of(EngineStream stream, Duration limit, int most) {
    Deque<String> lines = new ArrayDeque<>();
    LineReader reader =
        new LineReader(
            line -> {
              if (lines.size() == most) {
                lines.removeFirst();
              }
              lines.addLast(line.text());
            });
    BodyChunks chunks = new BodyChunks(stream.body(), "the engine");
    long until = System.nanoTime() + limit.toNanos();
    Optional<Buffer> chunk = chunks.next(limit);
    while (chunk.isPresent()) {
      reader.read(chunk.get());
      chunk = chunks.next(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
    }
    reader.end();
    return List.copyOf(lines);
  }
}

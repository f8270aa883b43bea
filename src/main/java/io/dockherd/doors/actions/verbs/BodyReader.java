package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Deadline;
import io.dockherd.engine.BodyChunks;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;

/** Reads a streamed body within an action's time; what is not read is held back. */
final class BodyReader {
  private final BodyChunks chunks;

  /** The paused {@code body} of an answer of {@code node}. */
  BodyReader(ReadStream<Buffer> body, String node) {
    this.chunks = new BodyChunks(body, node);
  }

  /**
   * The next chunk; empty at the end.
   *
   * @throws TimedOut when it does not come in time
   * @throws Unreachable when the stream breaks
   */
  Optional<Buffer> next(Deadline deadline) {
    return chunks.next(deadline.left());
  }

  /** All of it, but not more than {@code most} bytes. */
  Text all(int most, Deadline deadline) {
    Buffer all = Buffer.buffer();
    Optional<Buffer> chunk = next(deadline);
    while (chunk.isPresent()) {
      int room = most - all.length();
      if (chunk.get().length() > room) {
        return new Text(all.appendBuffer(chunk.get(), 0, room), true);
      }
      all.appendBuffer(chunk.get());
      chunk = next(deadline);
    }
    return new Text(all, false);
  }

  /** What was read, and whether there was more. */
  record Text(Buffer bytes, boolean isCut) {}
}

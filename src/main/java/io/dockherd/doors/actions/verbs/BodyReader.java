package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Deadline;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a streamed body chunk by chunk on a virtual thread; what is not read is held back. */
final class BodyReader {
  private sealed interface Signal {
    record Chunk(Buffer bytes) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  private final ReadStream<Buffer> body;
  private final String node;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** The paused {@code body} of an answer of {@code node}. */
  BodyReader(ReadStream<Buffer> body, String node) {
    this.body = body;
    this.node = node;
    body.exceptionHandler(cause -> signals.add(new Signal.Broken(cause)));
    body.endHandler(end -> signals.add(new Signal.End()));
    body.handler(chunk -> signals.add(new Signal.Chunk(chunk)));
  }

  /**
   * The next chunk; empty at the end.
   *
   * @throws TimedOut when it does not come in time
   * @throws Unreachable when the stream breaks
   */
  Optional<Buffer> next(Deadline deadline) {
    if (signals.isEmpty()) {
      body.fetch(1);
    }
    try {
      Signal signal = signals.poll(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
      return switch (signal) {
        case Signal.Chunk(Buffer bytes) -> Optional.of(bytes);
        case Signal.End() -> Optional.empty();
        case Signal.Broken(Throwable cause) ->
            throw new Unreachable(
                node, "the answer of " + node + " broke off: " + cause.getMessage(), "", cause);
        case null -> throw new TimedOut(node, node + " did not answer in full in time", "");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(node, "given up while " + node + " was answering", "", e);
    }
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

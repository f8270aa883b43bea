package io.dockherd.engine;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads a streamed body chunk by chunk on a virtual thread; what is not read is held back. */
public final class BodyChunks {
  private sealed interface Signal {
    record Chunk(Buffer bytes) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  private final ReadStream<Buffer> body;
  private final String sender;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /**
   * The paused {@code body} of an answer.
   *
   * @param sender whose answer it is, for messages
   */
  public BodyChunks(ReadStream<Buffer> body, String sender) {
    this.body = Objects.requireNonNull(body, "body");
    this.sender = Objects.requireNonNull(sender, "sender");
    body.exceptionHandler(cause -> signals.add(new Signal.Broken(cause)));
    body.endHandler(end -> signals.add(new Signal.End()));
    body.handler(chunk -> signals.add(new Signal.Chunk(chunk)));
  }

  /**
   * The next chunk; empty at the end.
   *
   * @throws TimedOut when it does not come in time, or this thread is interrupted
   * @throws Unreachable when the stream breaks
   */
  public Optional<Buffer> next(Duration limit) {
    if (signals.isEmpty()) {
      body.fetch(1);
    }
    try {
      Signal signal = signals.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      return switch (signal) {
        case Signal.Chunk(Buffer bytes) -> Optional.of(bytes);
        case Signal.End() -> Optional.empty();
        case Signal.Broken(Throwable cause) ->
            throw new Unreachable(
                sender, "the answer of " + sender + " broke off: " + cause.getMessage(), "", cause);
        case null -> throw new TimedOut(sender, sender + " did not answer in full in time", "");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(sender, "given up while " + sender + " was answering", "", e);
    }
  }
}

package io.dockherd.fleet.images;

import io.dockherd.engine.JsonObjectSplitter;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What an engine tells while it pulls, loads or builds, object by object, on a virtual thread. What
 * is not read is held back.
 *
 * <pre>
 * {"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"a1"}
 * {"stream":"Loaded image: busybox:latest\n"}
 * {"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"}</pre>
 */
public final class Messages {
  /** A line of progress takes some hundred bytes; a build's output line may be long. */
  private static final int LONGEST = 4 << 20;

  private sealed interface Signal {
    record Chunk(Buffer bytes) implements Signal {}

    record End() implements Signal {}

    record Broken(Throwable cause) implements Signal {}
  }

  private final ReadStream<Buffer> body;
  private final String node;

  /** One chunk at a time is asked for, so it holds one, or the end. */
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  private final Deque<JsonObject> waiting = new ArrayDeque<>();
  private final JsonObjectSplitter splitter =
      new JsonObjectSplitter(LONGEST, this::add, skipped -> {});

  /** The paused body of an answer of that node's engine. */
  public Messages(ReadStream<Buffer> body, String node) {
    this.body = body;
    this.node = node;
    body.exceptionHandler(cause -> signals.add(new Signal.Broken(cause)));
    body.endHandler(end -> signals.add(new Signal.End()));
    body.handler(chunk -> signals.add(new Signal.Chunk(chunk)));
  }

  /**
   * The next one; empty at the end.
   *
   * @throws Unreachable when the stream breaks, or the wait is broken off
   * @throws TimedOut when none comes in time
   */
  public Optional<JsonObject> next(Duration limit) {
    while (waiting.isEmpty()) {
      if (signals.isEmpty()) {
        body.fetch(1);
      }
      switch (take(limit)) {
        case Signal.Chunk(Buffer bytes) -> splitter.accept(bytes);
        case Signal.End() -> {
          return Optional.empty();
        }
        case Signal.Broken(Throwable cause) ->
            throw new Unreachable(
                node, "the answer of " + node + " broke off: " + cause.getMessage(), "", cause);
      }
    }
    return Optional.of(waiting.poll());
  }

  private Signal take(Duration limit) {
    try {
      Signal signal = signals.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (signal == null) {
        throw new TimedOut(node, "the engine of " + node + " says nothing any more", "");
      }
      return signal;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(node, "the wait for " + node + " was broken off", "", e);
    }
  }

  /** Everything as text, up to that many bytes: for answers that are not progress. */
  public String text(int most, Duration limit) {
    Buffer all = Buffer.buffer();
    while (all.length() < most) {
      if (signals.isEmpty()) {
        body.fetch(1);
      }
      switch (take(limit)) {
        case Signal.Chunk(Buffer bytes) -> all.appendBuffer(bytes);
        case Signal.End() -> {
          return all.toString();
        }
        case Signal.Broken broken -> {
          return all.toString();
        }
      }
    }
    return all.toString();
  }

  private void add(Buffer object) {
    try {
      waiting.add(object.toJsonObject());
    } catch (DecodeException e) {
      // Progress is for people: what can't be read is not worth failing what may go well.
      return;
    }
  }
}

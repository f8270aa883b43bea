package io.dockherd.apps.pods;

import io.dockherd.apps.logs.LineReader;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The last lines of a stream of a container's output, however long it is. */
final class Tail {
  private final EngineStream stream;
  private final Deque<String> lines = new ArrayDeque<>();

  Tail(EngineStream stream) {
    this.stream = stream;
  }

  /**
   * Reads to the end.
   *
   * @throws TimedOut when that is not in time
   * @throws Unreachable when the stream breaks
   */
  List<String> lines(Duration limit, int most) {
    LineReader reader =
        new LineReader(
            line -> {
              if (lines.size() == most) {
                lines.removeFirst();
              }
              lines.addLast(line.text());
            });
    CompletableFuture<Void> end = new CompletableFuture<>();
    stream.body().exceptionHandler(end::completeExceptionally);
    stream.body().endHandler(done -> end.complete(null));
    stream.body().handler((Buffer chunk) -> reader.read(chunk));
    stream.body().resume();
    try {
      end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      reader.end();
      return List.copyOf(lines);
    } catch (TimeoutException e) {
      throw new TimedOut("output", "its output did not end within " + limit, "");
    } catch (ExecutionException e) {
      throw new Unreachable("output", "its output broke off: " + e.getCause().getMessage(), "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut("output", "interrupted while reading its output", "", e);
    }
  }
}

package io.dockherd.fleet;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A body that comes as the test writes it. */
final class SlowStream extends TestBody {
  private final Deque<Buffer> waiting = new ArrayDeque<>();
  private boolean isFinished;
  private boolean isBroken;
  private boolean isCancelled;

  synchronized void write(String text) {
    waiting.add(Buffer.buffer(text));
    flow();
  }

  synchronized void finish() {
    isFinished = true;
    flow();
  }

  /** After what was written: no end, a failure. */
  synchronized void breakOff() {
    isBroken = true;
    flow();
  }

  synchronized void cancel() {
    isCancelled = true;
  }

  synchronized boolean isCancelled() {
    return isCancelled;
  }

  @Override
  void flow() {
    while (isFlowing() && !waiting.isEmpty()) {
      give(waiting.poll());
    }
    if (isFlowing() && isFinished) {
      end();
    }
    if (isFlowing() && isBroken) {
      fail(new IOException("broken off"));
    }
  }
}

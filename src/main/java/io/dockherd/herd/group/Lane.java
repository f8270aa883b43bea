package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The frames on their way to one address, sent one after the other by a virtual thread that exists
 * only while there are any.
 *
 * <p>The library sends to its peers in turn on one thread: one that does not read, or an address
 * that swallows connections, would hold up the heartbeats to all others. Here it holds up its own
 * lane. What doesn't fit or can't be sent is dropped: the layers above repeat what matters.
 */
final class Lane {
  /** Sends one frame, opening the connection if there is none. */
  interface Wire {
    void send(byte[] frame) throws Exception;

    boolean isConnected();
  }

  private static final Log LOG = Log.of(Lane.class);
  private static final int BYTES_MAX = 8 << 20;
  private static final long PAUSE_NANOS = 200_000_000L;

  private final Wire wire;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean running;
  private boolean failed;
  private long failedNanos;

  Lane(Wire wire) {
    this.wire = wire;
  }

  synchronized void send(byte[] frame) {
    if (waitingBytes + frame.length > BYTES_MAX || isPausing()) {
      return;
    }
    waiting.add(frame);
    waitingBytes += frame.length;
    if (!running) {
      running = true;
      Thread.ofVirtual().name("group-lane").start(this::drain);
    }
  }

  synchronized boolean isIdle() {
    return !running;
  }

  /** A refused connection costs an attempt each time, so not one for every frame. */
  private boolean isPausing() {
    return failed && System.nanoTime() - failedNanos < PAUSE_NANOS && !wire.isConnected();
  }

  private void drain() {
    for (byte[] frame = next(); frame != null; frame = next()) {
      try {
        wire.send(frame);
        failed = false;
      } catch (Exception e) {
        LOG.debug("can't send", "reason", e);
        drop();
      }
    }
  }

  private synchronized byte[] next() {
    byte[] frame = waiting.poll();
    if (frame == null) {
      running = false;
    } else {
      waitingBytes -= frame.length;
    }
    return frame;
  }

  private synchronized void drop() {
    waiting.clear();
    waitingBytes = 0;
    failed = true;
    failedNanos = System.nanoTime();
  }
}

package io.dockherd.apps.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket when the time for all that is done over it is over: a socket's own timeout is for
 * one read, and who sends a byte now and then is never late by it.
 */
final class Watchdog implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean hasClosed;

  private Watchdog() {}

  static Watchdog over(Socket socket, Duration limit) {
    Watchdog watchdog = new Watchdog();
    Thread.ofVirtual().name("watchdog").start(() -> watchdog.watch(socket, limit));
    return watchdog;
  }

  private void watch(Socket socket, Duration limit) {
    try {
      if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        hasClosed = true;
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the time was over. */
  boolean hasClosed() {
    return hasClosed;
  }

  /** It is done. */
  @Override
  public void close() {
    done.countDown();
  }
}

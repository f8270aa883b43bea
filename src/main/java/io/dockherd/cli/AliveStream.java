package io.dockherd.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A stream whose other side says now and then that it is there. When nothing comes for too long
 * while somebody waits for it, it is broken off; who does not read may take his time.
 */
final class AliveStream extends FilterInputStream {
  private final Duration silence;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean isRead;
  private volatile boolean isSilent;
  private volatile long since;

  /**
   * @param silence how long nothing may come
   */
  AliveStream(InputStream in, Duration silence) {
    super(in);
    this.silence = silence;
    Thread.ofVirtual().name("silence").start(this::watch);
  }

  private void watch() {
    try {
      while (!closed.await(Math.max(1, silence.toMillis() / 8), TimeUnit.MILLISECONDS)) {
        if (isRead && System.nanoTime() - since > silence.toNanos()) {
          isSilent = true;
          close();
        }
      }
    } catch (InterruptedException | IOException e) {
      closed.countDown(); // Whoever reads is told of it by his own read.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    since = System.nanoTime();
    isRead = true;
    try {
      int read = in.read(into, offset, length);
      if (read < 0 && isSilent) {
        throw silent(null);
      }
      return read;
    } catch (IOException e) {
      throw isSilent ? silent(e) : e;
    } finally {
      isRead = false;
    }
  }

  private IOException silent(IOException cause) {
    return new IOException("nothing came for " + silence.toSeconds() + " s", cause);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    super.close();
  }
}

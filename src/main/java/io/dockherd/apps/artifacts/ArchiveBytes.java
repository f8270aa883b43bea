package io.dockherd.apps.artifacts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an archive as its reader gets them: no longer than there is time, and between two
 * entries no more than entries have need of. Readers keep names, links and headers whole, however
 * long an archive says that they are.
 */
final class ArchiveBytes extends FilterInputStream {
  /** What stands before an entry: its headers, its name, what else is said of it. */
  static final int MOST_BETWEEN = 1 << 20;

  private final long untilNanos;
  private long left = Long.MAX_VALUE;

  /**
   * @param untilNanos as {@link System#nanoTime} has it
   */
  ArchiveBytes(InputStream bytes, long untilNanos) {
    super(bytes);
    this.untilNanos = untilNanos;
  }

  /** What is read from now on stands between two entries. */
  void between() {
    left = MOST_BETWEEN;
  }

  /** What is read from now on is an entry's, which others count. */
  void within() {
    left = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? read : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (System.nanoTime() - untilNanos >= 0) {
      throw new IOException("it was not unpacked in time");
    }
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new IOException("it was given up");
    }
    int read = super.read(into, offset, (int) Math.min(length, Math.max(1, left)));
    if (read > 0 && left != Long.MAX_VALUE) {
      left -= read;
      if (left <= 0) {
        throw new IOException(
            "an entry has more than " + MOST_BETWEEN + " bytes of headers before it");
      }
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] part = new byte[Math.clamp(bytes, 0, 1 << 16)];
    long skipped = 0;
    while (skipped < bytes) {
      int read = read(part, 0, (int) Math.min(part.length, bytes - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}

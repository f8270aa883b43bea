package io.dockherd.apps.logs;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Makes lines of a container's output as an engine streams it, in chunks cut anywhere. Without a
 * terminal it comes in frames: one byte for the stream (1 out, 2 err), three zeros, four bytes of
 * length, the bytes. With a terminal it comes as it is; which it is shows in the first bytes, for
 * no line begins with 0, 1 or 2 and three zeros.
 *
 * <p>A line that is too long is given in pieces.
 */
public final class LineReader {
  private static final int HEADER = 8;
  private static final int LAST_STREAM = 2;
  private static final int LONGEST = 64 << 10;

  private final Consumer<Line> listener;
  private final Buffer[] begun = {Buffer.buffer(), Buffer.buffer(), Buffer.buffer()};
  private Buffer unread = Buffer.buffer();
  private Form form = Form.UNKNOWN;
  private int stream;
  private long left;

  private enum Form {
    UNKNOWN,
    FRAMED,
    PLAIN
  }

  /**
   * A line without its end.
   *
   * @param isError whether it was written to standard error
   */
  public record Line(boolean isError, String text) {
    public Line {
      Objects.requireNonNull(text, "text");
    }
  }

  /** Tells that one of each line. */
  public LineReader(Consumer<Line> listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** The next bytes. */
  public void read(Buffer chunk) {
    unread.appendBuffer(chunk);
    if (form == Form.UNKNOWN && unread.length() >= 4) {
      boolean isFramed =
          unread.getByte(0) >= 0 && unread.getByte(0) <= LAST_STREAM && unread.getMedium(1) == 0;
      form = isFramed ? Form.FRAMED : Form.PLAIN;
    }
    switch (form) {
      case UNKNOWN -> {}
      case PLAIN -> {
        write(1, unread);
        unread = Buffer.buffer();
      }
      case FRAMED -> readFrames();
    }
  }

  private void readFrames() {
    int at = 0;
    while (at < unread.length() && (left > 0 || unread.length() - at >= HEADER)) {
      if (left == 0) {
        stream = Math.clamp(unread.getByte(at), 0, LAST_STREAM);
        left = unread.getUnsignedInt(at + 4);
        at += HEADER;
      } else {
        int end = (int) Math.min(unread.length(), at + left);
        write(stream, unread.getBuffer(at, end));
        left -= end - at;
        at = end;
      }
    }
    unread = unread.getBuffer(at, unread.length());
  }

  /** There is no more: what has no end is a line too. */
  public void end() {
    if (form == Form.UNKNOWN && unread.length() > 0) {
      write(1, unread);
    }
    for (int i = 0; i < begun.length; i++) {
      if (begun[i].length() > 0) {
        tell(i, begun[i]);
        begun[i] = Buffer.buffer();
      }
    }
  }

  private void write(int to, Buffer bytes) {
    int start = 0;
    for (int i = 0; i < bytes.length(); i++) {
      boolean isEnd = bytes.getByte(i) == '\n';
      if (isEnd || begun[to].length() + i - start >= LONGEST) {
        tell(to, begun[to].appendBuffer(bytes, start, i - start));
        begun[to] = Buffer.buffer();
        start = isEnd ? i + 1 : i;
      }
    }
    begun[to].appendBuffer(bytes, start, bytes.length() - start);
  }

  private void tell(int from, Buffer line) {
    String text = line.toString(StandardCharsets.UTF_8);
    listener.accept(
        new Line(from == 2, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text));
  }
}

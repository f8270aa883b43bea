package io.dockherd.doors.actions.verbs;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A container's output as text. Without a terminal the engine sends it in frames: one byte for the
 * stream (1 out, 2 err), three zeros, four bytes of length, the bytes. With a terminal it comes as
 * it is.
 */
final class Output {
  private static final int HEADER = 8;
  private static final int LAST_STREAM = 2;

  private Output() {}

  /** The text in {@code raw}, out of its frames if it is in frames; a frame cut off stays cut. */
  static String text(Buffer raw) {
    if (!isFramed(raw)) {
      return raw.toString(StandardCharsets.UTF_8);
    }
    Buffer text = Buffer.buffer(raw.length());
    int at = 0;
    while (at + HEADER <= raw.length()) {
      int start = at + HEADER;
      int end = (int) Math.min(raw.length(), start + raw.getUnsignedInt(at + 4));
      text.appendBuffer(raw, start, end - start);
      at = end;
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Whether frames fill it from the first byte to the last; the last frame may be cut. */
  private static boolean isFramed(Buffer raw) {
    long at = 0;
    while (at + HEADER <= raw.length()) {
      int start = (int) at;
      boolean header =
          raw.getByte(start) >= 0
              && raw.getByte(start) <= LAST_STREAM
              && raw.getMedium(start + 1) == 0;
      if (!header) {
        return false;
      }
      at += HEADER + raw.getUnsignedInt(start + 4);
    }
    return at > 0;
  }
}

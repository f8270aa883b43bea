package io.dockherd.doors.bridges;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;

/** Cuts a TCP client's bytes into messages, none longer than a limit. On one event loop. */
final class Frames implements Handler<Buffer> {
  private static final int HEAD_BYTES = 4;

  private final int limit;
  private final Handler<Buffer> onMessage;
  private final Handler<Integer> onTooLong;
  private Buffer rest = Buffer.buffer();
  private boolean isBroken;

  /**
   * @param limit of a message, in bytes
   * @param onTooLong gets the length of a message that is too long; nothing is read after that
   */
  Frames(int limit, Handler<Buffer> onMessage, Handler<Integer> onTooLong) {
    this.limit = limit;
    this.onMessage = onMessage;
    this.onTooLong = onTooLong;
  }

  @Override
  public void handle(Buffer bytes) {
    if (isBroken) {
      return;
    }
    Buffer all = rest.length() == 0 ? bytes : rest.appendBuffer(bytes);
    int position = 0;
    while (all.length() - position >= HEAD_BYTES) {
      int length = all.getInt(position);
      if (length < 0 || length > limit) {
        isBroken = true;
        rest = Buffer.buffer();
        onTooLong.handle(length);
        return;
      }
      int end = position + HEAD_BYTES + length;
      if (end > all.length()) {
        break;
      }
      onMessage.handle(all.getBuffer(position + HEAD_BYTES, end));
      position = end;
    }
    rest = all.getBuffer(position, all.length());
  }
}

package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends bytes into a two-way stream with back-pressure, closes its half, and wants the same bytes
 * back, then the end. Understands Docker's frames (eight bytes ahead of what a container without a
 * terminal says) as well as bare bytes.
 */
public final class EchoCheck {
  private static final int PIECE = 64 << 10;

  private final DuplexStream stream;
  private final byte[] sent;
  private final boolean isFramed;
  private final byte[] received;
  private final AtomicInteger receivedBytes = new AtomicInteger();
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private Buffer unreadBytes = Buffer.buffer();
  private int position;

  private EchoCheck(DuplexStream stream, int bytes, boolean isFramed) {
    this.stream = stream;
    this.sent = new byte[bytes];
    this.received = new byte[bytes];
    this.isFramed = isFramed;
    new Random(7).nextBytes(sent);
  }

  /** The echo of a container attached without a terminal. */
  public static EchoCheck framed(DuplexStream stream, int bytes) {
    return new EchoCheck(stream, bytes, true);
  }

  /** The echo of the other end of a connection. */
  public static EchoCheck bare(DuplexStream stream, int bytes) {
    return new EchoCheck(stream, bytes, false);
  }

  public void run(Duration limit) {
    stream.endHandler(end -> isEnded.set(true));
    stream.handler(this::read);
    stream.resume();
    send();
    Await.until("the other half's end", limit, isEnded::get);
    assertEquals(sent.length, receivedBytes.get(), "bytes received");
    assertArrayEquals(sent, received);
  }

  /** One piece after the other, each when the one before is out. */
  private void send() {
    if (position == sent.length) {
      stream.end();
      return;
    }
    int end = Math.min(position + PIECE, sent.length);
    Buffer piece = Buffer.buffer(Arrays.copyOfRange(sent, position, end));
    position = end;
    stream.write(piece).onSuccess(v -> send());
  }

  private void read(Buffer bytes) {
    if (isFramed) {
      readFrames(bytes);
    } else {
      keep(bytes);
    }
  }

  private void readFrames(Buffer bytes) {
    Buffer all = unreadBytes.appendBuffer(bytes);
    int start = 0;
    while (all.length() - start >= 8 && all.length() - start - 8 >= all.getInt(start + 4)) {
      int length = all.getInt(start + 4);
      keep(all.getBuffer(start + 8, start + 8 + length));
      start += 8 + length;
    }
    unreadBytes = all.getBuffer(start, all.length());
  }

  private void keep(Buffer bytes) {
    bytes.getBytes(received, receivedBytes.getAndAdd(bytes.length()));
  }
}

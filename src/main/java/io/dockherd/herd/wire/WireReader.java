package io.dockherd.herd.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link WireWriter} wrote. Every method throws {@link Malformed} when the bytes end too
 * early or say something impossible, and never takes more memory than the message itself.
 */
public final class WireReader {
  private final byte[] bytes;
  private int at;
  private final int end;

  /** Reads {@code bytes} from their beginning. */
  public WireReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private WireReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** One byte, 0 to 255. */
  public int octet() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** A number as {@link WireWriter#number} wrote it. */
  public long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed("a number longer than ten bytes at " + at);
  }

  /** A number of at least 0 and at most {@code most}. */
  public int number(int most) {
    long value = number();
    if (value < 0 || value > most) {
      throw new Malformed("a number of " + value + " where at most " + most + " may stand");
    }
    return (int) value;
  }

  /** A number as {@link WireWriter#fixed} wrote it. */
  public long fixed() {
    need(Long.BYTES);
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      value |= (bytes[at++] & 0xFFL) << shift;
    }
    return value;
  }

  /** A text of at most {@code most} bytes. */
  public String text(int most) {
    int length = length(most);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new Malformed("a text that is not UTF-8 at " + at);
    }
  }

  /** Bytes, at most {@code most}. */
  public byte[] bytes(int most) {
    int length = length(most);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A part: what its reader leaves unread is skipped. */
  public WireReader part() {
    int length = length(end - at);
    at += length;
    return new WireReader(bytes, at - length, at);
  }

  /** All bytes that are left, at most {@code most}. */
  public byte[] rest(int most) {
    if (end - at > most) {
      throw new Malformed(
          "a rest of " + (end - at) + " bytes where at most " + most + " may stand");
    }
    byte[] rest = Arrays.copyOfRange(bytes, at, end);
    at = end;
    return rest;
  }

  /** Whether something is left. */
  public boolean hasMore() {
    return at < end;
  }

  private int length(int most) {
    int length = number(most);
    need(length);
    return length;
  }

  private void need(int length) {
    if (end - at < length) {
      throw new Malformed("the message ends at " + end + " where " + length + " more were due");
    }
  }
}

package io.dockherd.herd.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a message. Whole numbers take seven bits a byte, low bits first; texts are UTF-8; texts,
 * bytes and parts are preceded by their length.
 */
public final class WireWriter {
  private byte[] bytes;
  private int size;

  /** An empty message with room for {@code expected} bytes; grows as needed. */
  public WireWriter(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /** One byte, 0 to 255. */
  public WireWriter octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** A number that is mostly small and never negative; a negative one takes ten bytes. */
  public WireWriter number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** A number of which all bits matter, as a hash. */
  public WireWriter fixed(long value) {
    room(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** A text. */
  public WireWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes. */
  public WireWriter bytes(byte[] value) {
    return number(value.length).raw(value);
  }

  /** Bytes without their length: what {@link WireReader#rest} reads. */
  public WireWriter raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** A part, which its reader may know less of than its writer. */
  public WireWriter part(WireWriter part) {
    number(part.size);
    room(part.size);
    System.arraycopy(part.bytes, 0, bytes, size, part.size);
    size += part.size;
    return this;
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** What was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}

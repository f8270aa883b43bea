package io.dockherd.herd.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is called over multicast, and answered.
 *
 * <pre>"DHRD" | version 1 | kind 1 | first 8 bytes of the SHA-256 of the herd's name | port 2</pre>
 *
 * The address is the datagram's own, so that nobody can make us dial a third party.
 *
 * @param port where the sender's group listens
 */
record Call(Kind kind, int port) {
  enum Kind {
    /** Who is there? */
    SEEK,
    /** I am. */
    HERE
  }

  static final int BYTES = 4 + 1 + 1 + 8 + 2;
  private static final int MAGIC = 0x44485244;
  private static final byte VERSION = 1;

  ByteBuffer write(byte[] herd) {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .put(VERSION)
        .put((byte) kind.ordinal())
        .put(herd)
        .putShort((short) port)
        .flip();
  }

  /** Empty for what is not ours. */
  static Optional<Call> read(ByteBuffer datagram, byte[] herd) {
    if (datagram.remaining() != BYTES || datagram.getInt() != MAGIC || datagram.get() != VERSION) {
      return Optional.empty();
    }
    int kind = datagram.get();
    byte[] named = new byte[8];
    datagram.get(named);
    int port = datagram.getShort() & 0xffff;
    if (!Arrays.equals(named, herd) || kind < 0 || kind > 1 || port == 0) {
      return Optional.empty();
    }
    return Optional.of(new Call(Kind.values()[kind], port));
  }

  static byte[] hash(String herd) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(herd.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

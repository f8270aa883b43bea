package io.dockherd.herd.group;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What one message of ours looks like on the wire.
 *
 * <pre>version 1 | kind 1 | more 1 | view 8 | since 8 | id 8 | channel length 1 | channel | payload
 * </pre>
 *
 * A long message goes as several parts with one {@code id}, all but the last with {@code more} set,
 * so that heartbeats find a gap between them.
 *
 * @param view the number of the herd-wide view the sender had installed when it sent this
 * @param since the number of the view in which the receiver joined, as the sender sees it
 * @param id of the message (for its parts), or of the question an answer belongs to
 */
record Envelope(
    Kind kind, boolean more, long view, long since, long id, String channel, byte[] payload) {
  enum Kind {
    /** Something told; no answer. */
    TELL,
    /** Wants an {@link #ANSWER} or {@link #FAILURE} with the same id. */
    QUESTION,
    ANSWER,
    /** The payload says why there is no answer, in UTF-8. */
    FAILURE,
    /** The payload is a long: how many bytes of the receiver's the sender has taken in so far. */
    GRANT,
    /** Nothing but what the head says; see {@link Presence}. */
    PRESENCE
  }

  static final int PART_BYTES = 48 * 1024;
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 1 + 1 + 8 + 8 + 8 + 1;
  private static final Kind[] KINDS = Kind.values();

  /** The message's parts in the order they are to be sent. */
  List<byte[]> parts() {
    byte[] name = channel.getBytes(StandardCharsets.UTF_8);
    List<byte[]> parts = new ArrayList<>(1 + payload.length / PART_BYTES);
    int from = 0;
    do {
      int length = Math.min(PART_BYTES, payload.length - from);
      boolean another = from + length < payload.length;
      ByteBuffer part = ByteBuffer.allocate(FIXED_BYTES + name.length + length);
      part.put(VERSION).put((byte) kind.ordinal()).put((byte) (another ? 1 : 0));
      part.putLong(view).putLong(since).putLong(id).put((byte) name.length).put(name);
      part.put(payload, from, length);
      parts.add(part.array());
      from += length;
    } while (from < payload.length);
    return parts;
  }

  /**
   * Reads one part.
   *
   * @throws IllegalArgumentException when it is not one of ours
   */
  static Envelope read(byte[] bytes, int offset, int length) {
    ByteBuffer part = ByteBuffer.wrap(bytes, offset, length);
    if (length < FIXED_BYTES || part.get() != VERSION) {
      throw new IllegalArgumentException("not a message of this version");
    }
    int kind = part.get();
    byte more = part.get();
    long view = part.getLong();
    long since = part.getLong();
    long id = part.getLong();
    int nameLength = part.get() & 0xff;
    if (kind < 0 || kind >= KINDS.length || nameLength > part.remaining()) {
      throw new IllegalArgumentException("a message of an unknown kind or a broken one");
    }
    byte[] name = new byte[nameLength];
    part.get(name);
    byte[] payload = new byte[part.remaining()];
    part.get(payload);
    return new Envelope(
        KINDS[kind], more != 0, view, since, id, new String(name, StandardCharsets.UTF_8), payload);
  }

  /** This with another payload. */
  Envelope whole(byte[] payload) {
    return new Envelope(kind, false, view, since, id, channel, payload);
  }
}

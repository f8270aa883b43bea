package io.dockherd.herd.records;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit hash that is the same on every node and in every version: FNV-1a, mixed at the end so
 * that hashes may be summed and compared as ranks. Guards against drift, not against malice.
 */
final class Hash {
  private long hash = 0xcbf29ce484222325L;

  /** Adds a text; two texts are not the same as their joined form. */
  Hash add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes. */
  Hash add(byte[] bytes) {
    for (byte next : bytes) {
      hash = (hash ^ next & 0xFF) * 0x100000001b3L;
    }
    // A byte that UTF-8 never holds ends the part.
    hash = (hash ^ 0xFF) * 0x100000001b3L;
    return this;
  }

  /** The hash of what was added. */
  long value() {
    long mixed = hash;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}

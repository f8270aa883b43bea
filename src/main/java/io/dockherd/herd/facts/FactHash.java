package io.dockherd.herd.facts;

import java.nio.charset.StandardCharsets;

/**
 * A 64-bit hash of one fact, the same on every node: FNV-1a over kind, id and value, then mixed so
 * that hashes may be summed. The sum over an owner's facts tells in eight bytes whether two nodes
 * hold the same, whatever the order. It guards against drift, not against malice.
 */
final class FactHash {
  private FactHash() {}

  static long of(Fact fact) {
    long hash = 0xcbf29ce484222325L;
    hash = add(hash, fact.kind().getBytes(StandardCharsets.UTF_8));
    hash = add(hash, fact.id().getBytes(StandardCharsets.UTF_8));
    hash = add(hash, fact.value().getBytes());
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    return hash;
  }

  /** Ends each part with a byte that UTF-8 never holds, so that "ab","c" is not "a","bc". */
  private static long add(long hash, byte[] part) {
    long sum = hash;
    for (byte next : part) {
      sum = (sum ^ next & 0xFF) * 0x100000001b3L;
    }
    return (sum ^ 0xFF) * 0x100000001b3L;
  }
}

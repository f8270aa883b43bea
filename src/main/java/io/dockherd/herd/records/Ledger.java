package io.dockherd.herd.records;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All lineages this node knows, whether they are on its disk yet or not, and what they amount to:
 * keys are spread over buckets, and each bucket's sum of hashes tells whether two nodes hold the
 * same in it.
 */
final class Ledger {
  /** So many that with thousands of records a difference concerns few of them. */
  static final int BUCKETS = 256;

  private static final int PAGE_BYTES = 256 << 10;

  private final NavigableMap<String, Lineage> lineages = new TreeMap<>();
  private final long[] buckets = new long[BUCKETS];
  private final Requests requests = new Requests();
  private long floor;
  private long highest;

  /** What the key holds and held. */
  synchronized Lineage get(String key) {
    return lineages.getOrDefault(key, Lineage.EMPTY);
  }

  /** As what version that request was written not long ago, here or elsewhere. */
  synchronized Optional<Version> writtenBy(String request) {
    return requests.version(request);
  }

  /** What became of a key. */
  record Step(Lineage before, Lineage after) {}

  /** The key now holds this. Decide under the lock of this object if it depends on what was. */
  synchronized void set(String key, Lineage lineage) {
    Lineage before = get(key);
    if (!before.equals(lineage)) {
      requests.add(before, lineage);
      put(key, before, lineage);
    }
  }

  /** Merges what another node or the disk holds. */
  synchronized Step merge(String key, Lineage other) {
    Lineage before = get(key);
    Lineage after = before.merge(other);
    set(key, after);
    return new Step(before, after);
  }

  /** Forgets keys that were deleted before that moment; which. */
  synchronized List<String> forgetDeletedBefore(long millis) {
    List<String> keys = new ArrayList<>();
    lineages.forEach(
        (key, lineage) -> {
          if (lineage.wasDeletedBefore(millis)) {
            keys.add(key);
          }
        });
    keys.forEach(
        key -> {
          Lineage forgotten = get(key);
          floor = Math.max(floor, forgotten.version().counter());
          put(key, forgotten, Lineage.EMPTY);
        });
    return keys;
  }

  /** Drops keys as if they had never been known. */
  synchronized void drop(Collection<String> keys) {
    keys.forEach(key -> put(key, get(key), Lineage.EMPTY));
  }

  /**
   * The highest counter among deletions that were forgotten. A key without a past starts above it,
   * so that a node that has not forgotten yet does not take the new write for an old one.
   */
  synchronized long floor() {
    return floor;
  }

  /** The highest counter of all that is or was known here, forgotten deletions included. */
  synchronized long highest() {
    return Math.max(highest, floor);
  }

  /** Another node's floor, or one from the disk. */
  synchronized void raiseFloor(long other) {
    floor = Math.max(floor, other);
  }

  /** What all records amount to. */
  synchronized long sum() {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      // Each its own weight, so that what is missing in one is not made up for in another.
      sum += buckets[i] * (2L * i + 1);
    }
    return sum;
  }

  /** What each bucket amounts to. */
  synchronized long[] buckets() {
    return buckets.clone();
  }

  /** The first records after a key that lie in buckets that are other than {@code theirs}. */
  synchronized Page differing(long[] theirs, String after) {
    Map<String, Lineage> page = new HashMap<>();
    int room = PAGE_BYTES;
    String last = after;
    for (Map.Entry<String, Lineage> entry : lineages.tailMap(after, false).entrySet()) {
      if (room <= 0) {
        return new Page(page, last, true);
      }
      last = entry.getKey();
      int bucket = bucket(last);
      if (buckets[bucket] != theirs[bucket]) {
        page.put(last, entry.getValue());
        room -= last.length() + LineageCodec.size(entry.getValue());
      }
    }
    return new Page(page, last, false);
  }

  /** A key's bytes for the disk; empty when it is to be forgotten there. */
  Optional<byte[]> bytes(String key) {
    Lineage lineage = get(key);
    return lineage.revisions().isEmpty()
        ? Optional.empty()
        : Optional.of(LineageCodec.encode(lineage));
  }

  private void put(String key, Lineage before, Lineage after) {
    buckets[bucket(key)] += hash(key, after) - hash(key, before);
    if (after.revisions().isEmpty()) {
      lineages.remove(key);
    } else {
      highest = Math.max(highest, after.version().counter());
      lineages.put(key, after);
    }
  }

  private static int bucket(String key) {
    return (int) Math.floorMod(new Hash().add(key).value(), (long) BUCKETS);
  }

  private static long hash(String key, Lineage lineage) {
    return lineage.revisions().isEmpty()
        ? 0
        : new Hash().add(key).add(LineageCodec.encode(lineage)).value();
  }
}

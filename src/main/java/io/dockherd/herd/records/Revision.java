package io.dockherd.herd.records;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one write made of a key.
 *
 * <p>Revisions of a key are in one order, the same for everybody: the higher counter is greater,
 * then the greater node name. A node gives a counter out once only, so that these two tell any two
 * writes apart; should a node have lost its disk and give one out again, the rest of the revision
 * decides, so that the order still holds.
 *
 * @param version what the steward gave it: a counter higher than any it knew for the key, and its
 *     own name
 * @param value JSON; empty for a deletion
 * @param request which request wrote it, so that one that is repeated is not done twice
 * @param atMillis when, by the steward's clock: only to forget a deletion after days
 * @param seen node → highest counter that node had given out for this key, among all that was known
 *     when this was written, this included: what is in here was overwritten knowingly
 * @param more fields of a later version, passed on unread
 */
record Revision(
    Version version,
    Optional<Buffer> value,
    String request,
    long atMillis,
    Map<String, Long> seen,
    Buffer more)
    implements Comparable<Revision> {
  private static final Comparator<Buffer> BYTES =
      (one, other) -> Arrays.compare(one.getBytes(), other.getBytes());

  private static final Comparator<Revision> ORDER =
      Comparator.comparing(Revision::version)
          .thenComparing(Revision::request)
          .thenComparing(Revision::atMillis)
          .thenComparing(revision -> revision.value.orElse(Buffer.buffer()), BYTES)
          .thenComparing(revision -> revision.value.isPresent())
          .thenComparing(revision -> revision.seen.toString())
          .thenComparing(Revision::more, BYTES);

  Revision {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(request, "request");
    seen = Collections.unmodifiableMap(new TreeMap<>(seen));
    Objects.requireNonNull(more, "more");
  }

  /** Whether the key holds nothing after this. */
  boolean isDeletion() {
    return value.isEmpty();
  }

  /** Whether this was written by one who knew the other (or is the other). */
  boolean knows(Revision other) {
    return knows(other.version);
  }

  /** Whether this was written by one who knew that version (or has it). */
  boolean knows(Version other) {
    return seen.getOrDefault(other.node(), 0L) >= other.counter();
  }

  @Override
  public int compareTo(Revision other) {
    return ORDER.compare(this, other);
  }
}

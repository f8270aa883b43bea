package io.dockherd.herd.records;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.herd.wire.WireReader;
import io.dockherd.herd.wire.WireWriter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Lineage} as bytes, on the disk and on the wire: the number of revisions, then each as a
 * part of its own. What a part holds beyond the fields known here is kept and written again.
 */
final class LineageCodec {
  /** A key's longest form, in bytes of UTF-8. */
  static final int KEY_LIMIT = 1024;

  /** A value's longest form, in bytes. */
  static final int VALUE_LIMIT = 1 << 20;

  private static final int NAME_LIMIT = 1024;
  private static final int SEEN_LIMIT = 1000;
  private static final int MORE_LIMIT = 1 << 16;

  /** More than any node keeps, should a later version keep more than this one. */
  private static final int REVISIONS_LIMIT = 1000;

  private LineageCodec() {}

  static byte[] encode(Lineage lineage) {
    WireWriter out = new WireWriter(64 + size(lineage));
    write(out, lineage);
    return out.toBytes();
  }

  static void write(WireWriter out, Lineage lineage) {
    out.number(lineage.revisions().size());
    lineage.revisions().forEach(revision -> out.part(part(revision)));
  }

  /** About how many bytes it takes. */
  static int size(Lineage lineage) {
    return lineage.revisions().stream()
        .mapToInt(revision -> 100 + revision.value().map(Buffer::length).orElse(0))
        .sum();
  }

  static Lineage decode(byte[] bytes) {
    return read(new WireReader(bytes));
  }

  static Lineage read(WireReader in) {
    List<Revision> revisions = new ArrayList<>();
    for (int left = in.number(REVISIONS_LIMIT); left > 0; left--) {
      revisions.add(revision(in.part()));
    }
    return Lineage.of(revisions);
  }

  private static WireWriter part(Revision revision) {
    WireWriter out = new WireWriter(128 + revision.value().map(Buffer::length).orElse(0));
    out.number(revision.version().counter()).text(revision.version().node());
    out.text(revision.request()).number(revision.atMillis());
    out.octet(revision.isDeletion() ? 0 : 1);
    revision.value().ifPresent(value -> out.bytes(value.getBytes()));
    out.number(revision.seen().size());
    revision.seen().forEach((node, counter) -> out.text(node).number(counter));
    out.raw(revision.more().getBytes());
    return out;
  }

  private static Revision revision(WireReader in) {
    Version version = version(in);
    String request = in.text(NAME_LIMIT);
    long atMillis = in.number();
    Optional<Buffer> value =
        in.octet() == 0 ? Optional.empty() : Optional.of(Buffer.buffer(in.bytes(VALUE_LIMIT)));
    Map<String, Long> seen = new HashMap<>();
    for (int left = in.number(SEEN_LIMIT); left > 0; left--) {
      seen.put(in.text(NAME_LIMIT).intern(), in.number());
    }
    return new Revision(
        version, value, request, atMillis, seen, Buffer.buffer(in.rest(MORE_LIMIT)));
  }

  static Version version(WireReader in) {
    long counter = in.number();
    if (counter < 0) {
      throw new Malformed("a version counter of " + counter);
    }
    // Nodes' names are few and in every revision.
    return new Version(counter, in.text(NAME_LIMIT).intern());
  }
}

package io.dockherd.herd.records;

import io.dockherd.herd.group.PeerId;
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
 * Records' messages, questions and answers as bytes: the format's number, the type, the fields.
 * Fields may be appended without a new format number: older readers skip them. Reading throws
 * {@link Malformed}.
 */
final class RecordsCodec {
  private static final int FORMAT = 1;

  private static final int KEEP = 1;
  private static final int KEPT = 2;
  private static final int DIGEST = 3;
  private static final int WRITE = 4;
  private static final int PULL = 5;
  private static final int PAGE = 6;
  private static final int DONE = 7;
  private static final int OVERTAKEN = 8;
  private static final int NOT_STEWARD = 9;
  private static final int FAILED = 10;
  private static final int LATE = 11;
  private static final int BEFORE = 12;

  private static final int TEXT_LIMIT = 4096;
  private static final int PEERS_LIMIT = 10_000;
  private static final int KEYS_LIMIT = 1_000_000;

  private RecordsCodec() {}

  static byte[] encode(RecordsMessage message) {
    return switch (message) {
      case RecordsMessage.Keep keep -> {
        WireWriter out = header(KEEP, 256 + LineageCodec.size(keep.written()));
        out.text(keep.round()).text(keep.key());
        LineageCodec.write(out, keep.written());
        out.number(keep.asked().size());
        keep.asked().forEach(peer -> out.text(peer.value()));
        yield out.toBytes();
      }
      case RecordsMessage.Kept(String round) -> header(KEPT, 64).text(round).toBytes();
      case RecordsMessage.Digest digest ->
          header(DIGEST, 64)
              .fixed(digest.electorate())
              .number(digest.session())
              .number(digest.echo())
              .fixed(digest.sum())
              .number(digest.floor())
              .number(digest.knowsSinceMillis())
              .number(digest.awayAtMillis())
              .number(digest.partedAtMillis())
              .number(digest.epoch())
              .toBytes();
    };
  }

  /** The message; empty for one of a type unknown here. */
  static Optional<RecordsMessage> message(byte[] bytes) {
    WireReader in = reader(bytes);
    return switch (in.octet()) {
      case KEEP ->
          Optional.of(new RecordsMessage.Keep(text(in), key(in), LineageCodec.read(in), peers(in)));
      case KEPT -> Optional.of(new RecordsMessage.Kept(text(in)));
      case DIGEST ->
          Optional.of(
              new RecordsMessage.Digest(
                  in.fixed(),
                  in.number(),
                  in.number(),
                  in.fixed(),
                  in.number(),
                  in.number(),
                  in.number(),
                  in.hasMore() ? in.number() : 0,
                  in.hasMore() ? in.number() : 0));
      default -> Optional.empty();
    };
  }

  static byte[] encode(RecordsQuestion question) {
    return switch (question) {
      case RecordsQuestion.Write write -> {
        WireWriter out = header(WRITE, 256 + write.value().map(Buffer::length).orElse(0));
        out.text(write.request()).text(write.key()).octet(write.value().isPresent() ? 1 : 0);
        write.value().ifPresent(value -> out.bytes(value.getBytes()));
        out.octet(write.expected().isPresent() ? 1 : 0);
        write.expected().ifPresent(version -> version(out, version));
        yield out.number(write.limitMillis()).toBytes();
      }
      case RecordsQuestion.Pull(long[] buckets, String after) -> {
        WireWriter out = header(PULL, 64 + buckets.length * Long.BYTES);
        out.text(after).number(buckets.length);
        for (long bucket : buckets) {
          out.fixed(bucket);
        }
        yield out.toBytes();
      }
    };
  }

  static RecordsQuestion question(byte[] bytes) {
    WireReader in = reader(bytes);
    int type = in.octet();
    return switch (type) {
      case WRITE ->
          new RecordsQuestion.Write(
              text(in),
              key(in),
              in.octet() == 0
                  ? Optional.empty()
                  : Optional.of(Buffer.buffer(in.bytes(LineageCodec.VALUE_LIMIT))),
              in.octet() == 0 ? Optional.empty() : Optional.of(LineageCodec.version(in)),
              in.number(Integer.MAX_VALUE));
      case PULL -> {
        String after = in.text(LineageCodec.KEY_LIMIT);
        long[] buckets = new long[in.number(Ledger.BUCKETS)];
        for (int i = 0; i < buckets.length; i++) {
          buckets[i] = in.fixed();
        }
        if (buckets.length != Ledger.BUCKETS) {
          throw new Malformed(buckets.length + " buckets where " + Ledger.BUCKETS + " are due");
        }
        yield new RecordsQuestion.Pull(buckets, after);
      }
      default -> throw new Malformed("a question of unknown type " + type);
    };
  }

  static byte[] encode(WriteAnswer answer) {
    return switch (answer) {
      case WriteAnswer.Done(Optional<Revision> written) -> {
        WireWriter out = header(DONE, 256);
        LineageCodec.write(out, new Lineage(written.stream().toList()));
        yield out.toBytes();
      }
      case WriteAnswer.Before(Version version) -> version(header(BEFORE, 64), version).toBytes();
      case WriteAnswer.Overtaken(Version now) -> version(header(OVERTAKEN, 64), now).toBytes();
      case WriteAnswer.NotSteward() -> header(NOT_STEWARD, 16).toBytes();
      case WriteAnswer.Failed(String reason, String remedy) ->
          header(FAILED, 256).text(shortened(reason)).text(shortened(remedy)).toBytes();
      case WriteAnswer.Late(String reason) -> header(LATE, 256).text(shortened(reason)).toBytes();
    };
  }

  static WriteAnswer answer(byte[] bytes) {
    WireReader in = reader(bytes);
    int type = in.octet();
    return switch (type) {
      case DONE -> new WriteAnswer.Done(LineageCodec.read(in).head());
      case BEFORE -> new WriteAnswer.Before(LineageCodec.version(in));
      case OVERTAKEN -> new WriteAnswer.Overtaken(LineageCodec.version(in));
      case NOT_STEWARD -> new WriteAnswer.NotSteward();
      case FAILED -> new WriteAnswer.Failed(text(in), text(in));
      case LATE -> new WriteAnswer.Late(text(in));
      default -> throw new Malformed("an answer of unknown type " + type);
    };
  }

  static byte[] encode(Page page) {
    WireWriter out = header(PAGE, 1024);
    out.text(page.last()).octet(page.more() ? 1 : 0).number(page.lineages().size());
    page.lineages()
        .forEach(
            (key, lineage) -> {
              WireWriter part = new WireWriter(64 + LineageCodec.size(lineage));
              LineageCodec.write(part.text(key), lineage);
              out.part(part);
            });
    return out.toBytes();
  }

  static Page page(byte[] bytes) {
    WireReader in = reader(bytes);
    if (in.octet() != PAGE) {
      throw new Malformed("no page");
    }
    String last = in.text(LineageCodec.KEY_LIMIT);
    boolean more = in.octet() != 0;
    Map<String, Lineage> lineages = new HashMap<>();
    for (int left = in.number(KEYS_LIMIT); left > 0; left--) {
      WireReader part = in.part();
      lineages.put(key(part), LineageCodec.read(part));
    }
    return new Page(lineages, last, more);
  }

  private static WireWriter header(int type, int expected) {
    return new WireWriter(expected).octet(FORMAT).octet(type);
  }

  private static WireReader reader(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int format = in.octet();
    if (format != FORMAT) {
      throw new Malformed("format " + format + " where " + FORMAT + " is spoken");
    }
    return in;
  }

  private static WireWriter version(WireWriter out, Version version) {
    return out.number(version.counter()).text(version.node());
  }

  private static List<PeerId> peers(WireReader in) {
    List<PeerId> peers = new ArrayList<>();
    for (int left = in.number(PEERS_LIMIT); left > 0; left--) {
      peers.add(new PeerId(text(in)));
    }
    return peers;
  }

  private static String text(WireReader in) {
    return in.text(TEXT_LIMIT);
  }

  private static String key(WireReader in) {
    return in.text(LineageCodec.KEY_LIMIT);
  }

  private static String shortened(String text) {
    return text.length() > TEXT_LIMIT / 4 ? text.substring(0, TEXT_LIMIT / 4) : text;
  }
}

package io.dockherd.herd.facts;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.herd.wire.WireReader;
import io.dockherd.herd.wire.WireWriter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link FactsMessage}s as bytes: the format's number, the type, the fields in the order of the
 * record. A change is a part of its own. Fields may be appended to messages and changes without a
 * new format number: older readers skip them.
 */
final class FactsCodec {
  /** A kind's and an id's longest form, in bytes of UTF-8. */
  static final int NAME_LIMIT = 1024;

  /** A value's longest form, in bytes: an inspected container seldom has more than 20 KB. */
  static final int VALUE_LIMIT = 8 << 20;

  private static final int FORMAT = 1;

  private static final int CHANGES = 1;
  private static final int WHOLE = 2;
  private static final int DIGEST = 3;
  private static final int COMPARE = 4;
  private static final int HELD = 5;

  private static final int TOLD = 1;
  private static final int RETRACTED = 2;

  private FactsCodec() {}

  static byte[] encode(FactsMessage message) {
    return switch (message) {
      case FactsMessage.Changes changes -> {
        WireWriter out = header(CHANGES, 32 + size(changes.changes()));
        out.number(changes.first()).octet(changes.answer() ? 1 : 0);
        yield all(out, changes.changes());
      }
      case FactsMessage.Whole whole -> {
        WireWriter out = header(WHOLE, 32 + size(whole.facts()));
        out.number(whole.sequence()).number(whole.part()).octet(whole.last() ? 1 : 0);
        yield all(out, whole.facts());
      }
      case FactsMessage.Digest(long sequence, long hash) ->
          header(DIGEST, 24).number(sequence).fixed(hash).toBytes();
      case FactsMessage.Compare(long sequence, long hash) ->
          header(COMPARE, 24).number(sequence).fixed(hash).toBytes();
      case FactsMessage.Held(long sequence) -> header(HELD, 16).number(sequence).toBytes();
    };
  }

  /**
   * The message.
   *
   * @throws Malformed when it is none, or of a format or type this version can't read
   */
  static FactsMessage decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int format = in.octet();
    if (format != FORMAT) {
      throw new Malformed("format " + format + " where " + FORMAT + " is spoken");
    }
    int type = in.octet();
    return switch (type) {
      case CHANGES -> new FactsMessage.Changes(sequence(in), in.octet() != 0, changes(in));
      case WHOLE ->
          new FactsMessage.Whole(
              sequence(in), in.number(Integer.MAX_VALUE), in.octet() != 0, facts(in));
      case DIGEST -> new FactsMessage.Digest(sequence(in), in.fixed());
      case COMPARE -> new FactsMessage.Compare(sequence(in), in.fixed());
      case HELD -> new FactsMessage.Held(sequence(in));
      default -> throw new Malformed("a message of unknown type " + type);
    };
  }

  /** About how many bytes the change takes. */
  static int size(FactChange change) {
    int names = 16 + change.kind().length() + change.id().length();
    return switch (change) {
      case FactChange.Told told -> names + told.value().length();
      case FactChange.Retracted _ -> names;
    };
  }

  private static int size(List<? extends FactChange> changes) {
    return changes.stream().mapToInt(FactsCodec::size).sum();
  }

  private static WireWriter header(int type, int expected) {
    return new WireWriter(expected).octet(FORMAT).octet(type);
  }

  private static byte[] all(WireWriter out, List<? extends FactChange> changes) {
    out.number(changes.size());
    for (FactChange change : changes) {
      WireWriter part = new WireWriter(size(change));
      part.octet(change instanceof FactChange.Told ? TOLD : RETRACTED);
      part.text(change.kind()).text(change.id());
      if (change instanceof FactChange.Told told) {
        part.bytes(told.value().getBytes());
      }
      out.part(part);
    }
    return out.toBytes();
  }

  private static List<FactChange> changes(WireReader in) {
    List<FactChange> changes = new ArrayList<>();
    for (int left = in.number(Integer.MAX_VALUE); left > 0; left--) {
      changes.add(change(in.part()));
    }
    return changes;
  }

  private static List<FactChange.Told> facts(WireReader in) {
    List<FactChange.Told> facts = new ArrayList<>();
    for (FactChange change : changes(in)) {
      if (change instanceof FactChange.Told told) {
        facts.add(told);
      }
    }
    return facts;
  }

  private static FactChange change(WireReader in) {
    int type = in.octet();
    // Kinds are a handful of words, each in thousands of facts.
    String kind = in.text(NAME_LIMIT).intern();
    String id = in.text(NAME_LIMIT);
    return switch (type) {
      case TOLD -> new FactChange.Told(kind, id, Buffer.buffer(in.bytes(VALUE_LIMIT)));
      case RETRACTED -> new FactChange.Retracted(kind, id);
      default -> throw new Malformed("a change of unknown type " + type);
    };
  }

  private static long sequence(WireReader in) {
    long sequence = in.number();
    if (sequence < 0) {
      throw new Malformed("a sequence of " + sequence);
    }
    return sequence;
  }
}

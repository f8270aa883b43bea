package io.dockherd.herd.group;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.herd.wire.WireReader;
import io.dockherd.herd.wire.WireWriter;
import java.util.function.Consumer;
import org.jgroups.Address;

/** What peers of a view tell each other to show that they live. */
sealed interface Pulse {
  /** Sent to all every heartbeat, with whom the sender does not hear. */
  record Beat(Suspicions.Report<Address> report) implements Pulse {}

  /** Do you live? To be answered at once. */
  record Ask() implements Pulse {}

  /**
   * I live. Also what a beat of somebody who is not in the sender's view is answered with.
   *
   * @param view the number of the sender's view
   * @param knowsYou whether the receiver is in it
   */
  record Answer(long view, boolean knowsYou) implements Pulse {}

  private static byte[] kind(int kind, Consumer<WireWriter> rest) {
    WireWriter out = new WireWriter(32);
    out.octet(kind);
    rest.accept(out);
    return out.toBytes();
  }

  /** Its wire form: the kind in one byte, then what it says. */
  default byte[] toBytes() {
    return switch (this) {
      case Beat(Suspicions.Report<Address> report) ->
          kind(
              0,
              out -> {
                out.number(report.view()).number(report.beat());
                Addresses.writeAll(out, report.faint());
                Addresses.writeAll(out, report.unheard());
              });
      case Ask() -> kind(1, _ -> {});
      case Answer(long view, boolean knowsYou) ->
          kind(2, out -> out.number(view).octet(knowsYou ? 1 : 0));
    };
  }

  /**
   * Reads one; what may follow it is left to later versions.
   *
   * @throws Malformed when it is none
   */
  static Pulse read(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int kind = in.octet();
    return switch (kind) {
      case 0 ->
          new Beat(
              new Suspicions.Report<>(
                  in.number(), in.number(), Addresses.readAll(in), Addresses.readAll(in)));
      case 1 -> new Ask();
      case 2 -> new Answer(in.number(), in.octet() != 0);
      default -> throw new Malformed("a pulse of kind " + kind);
    };
  }
}

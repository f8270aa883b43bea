package io.dockherd.herd.group;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.herd.wire.WireReader;
import io.dockherd.herd.wire.WireWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;

/**
 * What peers tell each other to find out whether views may become one.
 *
 * <p>Each has the number the oldest of a view has given to its check.
 */
sealed interface Introduction {
  /** From the oldest to each of its view: reach these and tell me. */
  record Check(long number, Map<Address, IpAddress> strangers) implements Introduction {
    public Check {
      strangers = Map.copyOf(strangers);
    }
  }

  /**
   * To a stranger: do you hear me?
   *
   * @param introduce whether the answer is to say where those of its view listen
   */
  record Ask(long number, boolean introduce) implements Introduction {}

  /**
   * To the stranger: I do.
   *
   * @param leftOutBy the oldest of a view that is better company than the sender, whose view can't
   *     be one with it for now
   * @param places where those of its view listen, if it was asked
   */
  record Answer(long number, Optional<Address> leftOutBy, Map<Address, IpAddress> places)
      implements Introduction {
    public Answer {
      places = Map.copyOf(places);
    }
  }

  /** To the oldest: these I have reached so far. */
  record Reached(long number, Set<Address> strangers) implements Introduction {
    public Reached {
      strangers = Set.copyOf(strangers);
    }
  }

  /** Its wire form: the kind in one byte, the number, then the rest. */
  default byte[] toBytes() {
    return switch (this) {
      case Check(long number, Map<Address, IpAddress> strangers) ->
          bytes(0, number, out -> Addresses.writePlaces(out, strangers));
      case Ask(long number, boolean introduce) ->
          bytes(1, number, out -> out.octet(introduce ? 1 : 0));
      case Answer(long number, Optional<Address> leftOutBy, Map<Address, IpAddress> places) ->
          bytes(
              2,
              number,
              out -> {
                Addresses.writeAll(out, leftOutBy.stream().toList());
                Addresses.writePlaces(out, places);
              });
      case Reached(long number, Set<Address> strangers) ->
          bytes(3, number, out -> Addresses.writeAll(out, strangers));
    };
  }

  private static byte[] bytes(int kind, long number, Consumer<WireWriter> rest) {
    WireWriter out = new WireWriter(64);
    out.octet(kind).number(number);
    rest.accept(out);
    return out.toBytes();
  }

  /**
   * Reads one; what may follow it is left to later versions.
   *
   * @throws Malformed when it is none
   */
  static Introduction read(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    int kind = in.octet();
    long number = in.number();
    return switch (kind) {
      case 0 -> new Check(number, Addresses.readPlaces(in));
      case 1 -> new Ask(number, in.octet() != 0);
      case 2 ->
          new Answer(number, Addresses.readAll(in).stream().findFirst(), Addresses.readPlaces(in));
      case 3 -> new Reached(number, Addresses.readAll(in));
      default -> throw new Malformed("an introduction of kind " + kind);
    };
  }
}

package io.dockherd.herd.bus;

import java.time.Duration;
import java.util.Objects;

/**
 * Where this member's end of the bus listens, and how long its connections wait. {@link #of} gives
 * the defaults.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 takes any free one
 * @param advertised the address the others connect to; {@code bind} unless there is a translation
 *     of addresses in between
 * @param advertisedPort the port the others connect to; 0 for the one listened on
 * @param eventLoops 2: threads that move bytes. More help only a member that is busy on more cores;
 *     each costs a thread and buffers
 * @param ping 2 s: how often an idle or busy connection is tried out. Shorter finds a dead one
 *     sooner and costs one small message there and back
 * @param pong 4 s: how long the answer may take; then the connection is dead, is closed, and the
 *     next message makes another. Longer keeps messages going into a dead connection, shorter cuts
 *     the connections of members that are merely busy and loses what is under way on them
 * @param connect 2 s: the limit for opening a connection, and once more for its TLS handshake. What
 *     is sent meanwhile waits; longer lets an attempt begun during a cut outlast the heal
 */
public record BusSettings(
    String bind,
    int port,
    String advertised,
    int advertisedPort,
    int eventLoops,
    Duration ping,
    Duration pong,
    Duration connect) {
  public BusSettings {
    Objects.requireNonNull(bind, "bind");
    Objects.requireNonNull(advertised, "advertised");
    if (eventLoops < 1) {
      throw new IllegalArgumentException("the bus needs an event loop, not " + eventLoops);
    }
  }

  /** The defaults, on an address. */
  public static BusSettings of(String bind, int port) {
    return new BusSettings(
        bind,
        port,
        bind,
        0,
        2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(4),
        Duration.ofSeconds(2));
  }

  /** The same, reached by the others at another address. */
  public BusSettings withAdvertised(String address, int otherPort) {
    return new BusSettings(bind, port, address, otherPort, eventLoops, ping, pong, connect);
  }

  /** The same, with other times. */
  public BusSettings withTimes(Duration otherPing, Duration otherPong, Duration otherConnect) {
    return new BusSettings(
        bind, port, advertised, advertisedPort, eventLoops, otherPing, otherPong, otherConnect);
  }

  /** The same, with another number of event loops. */
  public BusSettings withEventLoops(int loops) {
    return new BusSettings(bind, port, advertised, advertisedPort, loops, ping, pong, connect);
  }

  /**
   * After how long without a byte a connection is cut without more ado: a dead connection with
   * unsent messages can't be closed politely.
   */
  Duration silence() {
    return ping.plus(pong).plus(pong);
  }
}

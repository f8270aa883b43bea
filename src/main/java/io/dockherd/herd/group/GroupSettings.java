package io.dockherd.herd.group;

import io.dockherd.failure.Invalid;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * How a group joins, watches its peers and bounds what it holds. {@link #of} gives the defaults; a
 * herd should run with one set of these, for the slowest node decides.
 *
 * @param herd the group's name; peers of another name are ignored even if they hold the same key
 * @param listen the one address and port the group listens on; port 0 takes any free one
 * @param watching how peers are found to be gone
 * @param looking how peers are found
 * @param windowBytes 1 MiB: what a peer may be sent on a channel beyond what its participant has
 *     taken in; then {@code tell} and {@code broadcast} wait. Bounds the memory a slow participant
 *     costs: at most this for each peer
 * @param messageBytes 64 MiB: the longest message that is sent or accepted
 */
public record GroupSettings(
    String herd,
    InetSocketAddress listen,
    Watching watching,
    Looking looking,
    int windowBytes,
    int messageBytes) {
  /**
   * How peers are found to be gone.
   *
   * @param heartbeat 500 ms: how often each peer shows every other that it lives. Shorter finds
   *     silence in finer steps and costs one small message to each peer a beat
   * @param silence 4 s: how long a peer may be unheard before it is asked whether it lives. With
   *     two more beats and {@code doubt} it makes the time to notice a pulled cable, a frozen host
   *     or a link that works one way only: at most 5.5 s, with these defaults. Shorter declares
   *     busy peers dead; longer keeps calls to a lost host waiting
   * @param doubt 400 ms: how long a peer that was asked has to answer before the others are told
   *     that it is unheard; in whole beats, for all is counted in beats. Does not matter for a
   *     process that died on a living host: that refuses connections, and is declared dead at once
   */
  public record Watching(Duration heartbeat, Duration silence, Duration doubt) {
    public Watching {
      Objects.requireNonNull(doubt, "doubt");
      if (silence.toMillis() < 2 * heartbeat.toMillis()) {
        throw new Invalid(
            silence.toString(),
            "a peer can't be doubted after " + silence + " with a heartbeat every " + heartbeat,
            "allow for several heartbeats");
      }
    }
  }

  /**
   * How peers are found.
   *
   * @param first 400 ms: how long the first join waits for addresses that say nothing at all before
   *     it starts a group of its own; addresses that refuse cost no wait. Two groups that start
   *     this way merge later, so short is safe
   * @param merge 1 s: the pace at which the two sides of a split look for each other. A heal is
   *     noticed after at most about 3 paces. Costs the oldest peer of each side one small message
   *     to each peer a pace
   * @param connect 1 s: the limit for a connection to be taken; its TLS handshake may take twice
   *     that. Longer only delays giving up on hosts that swallow packets
   * @param joinAnswer 1500 ms: how long to wait for a reached peer's answer while joining before it
   *     is asked again
   * @param find 5 s: how often {@link Finder#find} is asked again once joined
   */
  public record Looking(
      Duration first, Duration merge, Duration connect, Duration joinAnswer, Duration find) {
    public Looking {
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(merge, "merge");
      Objects.requireNonNull(connect, "connect");
      Objects.requireNonNull(joinAnswer, "joinAnswer");
      Objects.requireNonNull(find, "find");
    }

    /** The same with other times to give up looking for a first peer, and to look for lost ones. */
    public Looking at(Duration otherFirst, Duration otherMerge) {
      return new Looking(otherFirst, otherMerge, connect, joinAnswer, find);
    }
  }

  public GroupSettings {
    Objects.requireNonNull(herd, "herd");
    Objects.requireNonNull(listen, "listen");
    Objects.requireNonNull(watching, "watching");
    Objects.requireNonNull(looking, "looking");
    if (listen.isUnresolved() || listen.getAddress().isAnyLocalAddress()) {
      throw new Invalid(
          listen.toString(),
          "a group listens on one address, not on " + listen,
          "name the address the other nodes reach this one at");
    }
  }

  /** The defaults. */
  public static GroupSettings of(String herd, InetSocketAddress listen) {
    return new GroupSettings(
        herd,
        listen,
        new Watching(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofMillis(400)),
        new Looking(
            Duration.ofMillis(400),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofSeconds(5)),
        1 << 20,
        64 << 20);
  }

  /** The same with other ways to notice silence; for tests and links that are slow to answer. */
  public GroupSettings with(Watching other) {
    return new GroupSettings(herd, listen, other, looking, windowBytes, messageBytes);
  }

  /** The same with other ways to look for peers. */
  public GroupSettings with(Looking other) {
    return new GroupSettings(herd, listen, watching, other, windowBytes, messageBytes);
  }

  /** The same with another bound on what a peer may be sent ahead. */
  public GroupSettings withWindow(int bytes) {
    return new GroupSettings(herd, listen, watching, looking, bytes, messageBytes);
  }
}

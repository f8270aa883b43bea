package io.dockherd.fleet.watch;

import java.time.Duration;

/**
 * How closely a node watches its engine.
 *
 * @param sweep how often the whole list is compared with what is known. Events tell of changes at
 *     once; this mends what events missed, so it may be slow. A list of 300 containers costs the
 *     engine some 20 ms
 * @param gather how long an event waits for more of them before the engine is asked what changed.
 *     One start makes three events; and what was called through this node is asked for at once
 *     anyway, so that the event's question falls away
 * @param lag the pause before a list that does not show yet what inspect shows is asked for again;
 *     dockerd's list is some 10 to 100 ms late
 * @param retry the pause before what could not be learned is asked for again
 * @param callLimit how long the engine may take for one question of ours. An engine that starts
 *     twenty containers at once answers a list after seconds
 * @param settleLimit how long a call that changed something is held back until all members know.
 *     Over a local network that takes a millisecond or two, on a very busy host some hundred; a
 *     member that hangs should not slow down every call much until it is declared gone
 * @param sample how often the host's load and memory are looked at
 * @param load how often at least they are told; sooner when they changed notably
 */
public record WatchSettings(
    Duration sweep,
    Duration gather,
    Duration lag,
    Duration retry,
    Duration callLimit,
    Duration settleLimit,
    Duration sample,
    Duration load) {
  /** What fits an engine on the same machine. */
  public static WatchSettings defaults() {
    return new WatchSettings(
        Duration.ofSeconds(30),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10));
  }

  /** The same with another sweep. */
  public WatchSettings sweepingEvery(Duration other) {
    return new WatchSettings(other, gather, lag, retry, callLimit, settleLimit, sample, load);
  }
}

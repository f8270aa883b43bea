package io.dockherd.fleet.events;

import java.time.Duration;

/**
 * How the herd's events are merged.
 *
 * @param hold how long an event is held back, for one that happened before it to come in from
 *     another node and be told first. Longer puts right the order over slower links; every follower
 *     waits that long for everything. A node alone holds nothing back
 * @param skew an engine whose stamps differ more from this node's clock is not believed: its events
 *     are placed when they come in. Less than an hour's difference of clocks, more than a loaded
 *     machine is late
 * @param opening how long the first follower waits for the other nodes' journals; what comes later
 *     is told from then on
 * @param asking how long a journal may take to tell what it remembers; one whose engine was met
 *     just now waits half of that for what the engine remembers, which takes a second
 * @param silence after so long without an event a journal is asked whether it has any
 * @param firstRetry the pause before a journal that broke off is opened again; doubled each time
 * @param lastRetry the longest such pause
 * @param remembered so many events each journal remembers, as an engine does
 * @param told so many remembered events are told at most, over all nodes; the newest of each
 * @param backlog so many events may wait for a reader; one with more is cut off
 * @param patience so long a reader may take nothing while something waits for him
 */
public record FeedSettings(
    Duration hold,
    Duration skew,
    Duration opening,
    Duration asking,
    Duration silence,
    Duration firstRetry,
    Duration lastRetry,
    int remembered,
    int told,
    int backlog,
    Duration patience) {
  /** What fits a herd in one building; backlog and patience are classic Swarm's. */
  public static FeedSettings defaults() {
    return new FeedSettings(
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        256,
        8192,
        10_000,
        Duration.ofSeconds(10));
  }
}

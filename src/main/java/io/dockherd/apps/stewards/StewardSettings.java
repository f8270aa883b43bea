package io.dockherd.apps.stewards;

import java.time.Duration;

/**
 * How apps are looked after.
 *
 * @param every how often each app is looked at, whether or not something has happened
 * @param busy the same for one that is on its way to what it is to be
 * @param settle how long the members have to be the same before anything is done
 * @param hearing how long a node that has come may take to tell what it runs
 * @param engineGrace how long an engine may be out of reach before its instances count as lost
 * @param returning how long after this node's own start it waits for nodes that were here before it
 *     went: after a power cut they come one by one
 * @param orphaned how long an instance may be there without its app, or an app without its
 *     configuration, before it is looked into
 * @param call for one order or one write
 * @param readsLabels whether apps nobody has a record of are read back from their containers'
 *     labels
 */
public record StewardSettings(
    Duration every,
    Duration busy,
    Duration settle,
    Duration hearing,
    Duration engineGrace,
    Duration returning,
    Duration orphaned,
    Duration call,
    boolean readsLabels) {
  /** As nodes run with. */
  public static StewardSettings defaults(boolean readsLabels) {
    return new StewardSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMillis(500),
        Duration.ofSeconds(15),
        Duration.ofSeconds(15),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        readsLabels);
  }
}

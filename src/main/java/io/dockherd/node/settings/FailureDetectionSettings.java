package io.dockherd.node.settings;

import java.time.Duration;
import java.util.List;

/** The numbers that decide how soon a death is noticed and a split forgotten. */
public final class FailureDetectionSettings {
  public static final Setting<Duration> HEARTBEAT_INTERVAL =
      Setting.of(
          "heartbeatInterval",
          Kinds.DURATION,
          "500 ms",
          "How often a node tells the others that it lives. More often costs packets (nodes squared)"
              + " and notices nothing sooner unless 'heartbeatTimeout' shrinks too.");

  public static final Setting<Duration> HEARTBEAT_TIMEOUT =
      Setting.of(
          "heartbeatTimeout",
          Kinds.DURATION,
          "4 s",
          "How long a node may be silent before it is suspected: a pulled cable, a frozen host. Shorter"
              + " heals sooner, but declares nodes dead that are merely busy; at least four intervals."
              + " Noticed after at most this, two more intervals and 'verifyTimeout'.");

  public static final Setting<Duration> VERIFY_TIMEOUT =
      Setting.of(
          "verifyTimeout",
          Kinds.DURATION,
          "400 ms",
          "How long a silent suspect has to prove that it lives, in whole intervals. A killed process is"
              + " not asked: its host refuses connections, and it is declared dead at once.");

  public static final Setting<Duration> MERGE_INTERVAL =
      Setting.of(
          "mergeInterval",
          Kinds.DURATION,
          "1 s",
          "The pace at which the sides of a split look for each other; a heal is noticed after at most"
              + " about three. Costs one small message to each node a pace.");

  public static final Setting<Duration> JOIN_TIMEOUT =
      Setting.of(
          "joinTimeout",
          Kinds.DURATION,
          "400 ms",
          "How long a starting node waits for addresses that say nothing before it takes itself for the"
              + " first; addresses that refuse cost no wait. Where the network is slower than that, nodes"
              + " start alone and merge a little later.");

  static final Chapter CHAPTER =
      new Chapter(
          "Failure detection",
          List.of(
              HEARTBEAT_INTERVAL, HEARTBEAT_TIMEOUT, VERIFY_TIMEOUT, MERGE_INTERVAL, JOIN_TIMEOUT));

  private FailureDetectionSettings() {}
}

package io.dockherd.node.settings;

import java.util.List;

/** Which node a container goes to when its caller leaves it to the herd. */
public final class PlacementSettings {
  public static final Setting<String> STRATEGY =
      Setting.of(
          "strategy",
          Kinds.STRATEGY,
          "spread",
          "Which of the nodes that can take a container gets it: spread keeps them evenly full,"
              + " binpack fills one before the next, random takes any. Only what comes through the"
              + " Docker door.");

  public static final Setting<List<String>> FILTERS =
      Setting.of(
          "filters",
          Kinds.FILTERS,
          "health,port,containerslots,dependency,affinity,constraint,whitelist",
          "What keeps containers off nodes, of these seven. A filter that is left out is not asked;"
              + " a node that does not answer gets nothing in any case.");

  public static final Setting<Double> OVERCOMMIT =
      Setting.of(
          "overcommit",
          Kinds.OVERCOMMIT,
          "0.05",
          "How much more memory and CPUs may be reserved on a node than it has: 0.05 is a"
              + " twentieth. Containers seldom use all they reserve; below 0 leaves room for the"
              + " host itself.");

  public static final Setting<String> CPU_SHARES =
      Setting.of(
          "cpuShares",
          Kinds.CPU_SHARES,
          "weight",
          "What --cpu-shares means: weight, as in Docker, reserves nothing; cores, as in classic"
              + " Swarm, reserves that many whole CPUs.");

  public static final Setting<Integer> APP_MOVES =
      Setting.of(
          "appMoves",
          Kinds.COUNT,
          "1",
          "How many instances of each app may be on the move at once so that they are spread"
              + " evenly, as after a node has joined; the new one is well before the old one goes."
              + " 0 moves none. What has a volume on its node is never moved.");

  static final Chapter CHAPTER =
      new Chapter("Placement", List.of(STRATEGY, FILTERS, OVERCOMMIT, CPU_SHARES, APP_MOVES));

  private PlacementSettings() {}
}

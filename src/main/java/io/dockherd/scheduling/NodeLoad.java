package io.dockherd.scheduling;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a node carries and what room it has, as far as is known.
 *
 * @param node its name
 * @param engineId how its engine calls itself; "" when it is not known
 * @param unavailable why nothing at all can be placed there, as "its engine does not answer"; ""
 *     when it can
 * @param containers those that run or are yet to run (created, running, paused, restarting)
 * @param pending placed there already but not among {@code containers} yet
 * @param cpus how many it has
 * @param load how many processes wanted a CPU on average, of late; 0 when it is not known
 * @param memoryTotalBytes the host's memory
 * @param memoryFreeBytes what the host could still give without swapping
 * @param labels of the engine and the node, and what is known of the engine under Swarm's names
 * @param contents what is there
 */
public record NodeLoad(
    String node,
    String engineId,
    String unavailable,
    int containers,
    int pending,
    int cpus,
    double load,
    long memoryTotalBytes,
    long memoryFreeBytes,
    Map<String, String> labels,
    Contents contents) {
  public NodeLoad {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(engineId, "engineId");
    Objects.requireNonNull(unavailable, "unavailable");
    Objects.requireNonNull(contents, "contents");
    requireNotNegative(containers, "containers");
    requireNotNegative(pending, "pending");
    requireNotNegative(cpus, "cpus");
    requireNotNegative(memoryTotalBytes, "memoryTotalBytes");
    requireNotNegative(memoryFreeBytes, "memoryFreeBytes");
    if (!(load >= 0)) {
      throw new IllegalArgumentException("load must not be negative: " + load);
    }
    labels = Map.copyOf(labels);
  }

  /** A node of which nothing is known but that it can take nothing, and why. */
  public static NodeLoad unavailable(String node, String reason) {
    return new NodeLoad(node, "", reason, 0, 0, 0, 0, 0, 0, Map.of(), Contents.NONE);
  }

  /** Whether anything can be placed there at all. */
  public boolean isAvailable() {
    return unavailable.isEmpty();
  }

  /** The same node with one container of that demand more on its way to it. */
  public NodeLoad plus(Demand demand) {
    return new NodeLoad(
        node,
        engineId,
        unavailable,
        containers,
        pending + 1,
        cpus,
        load,
        memoryTotalBytes,
        Math.max(0, memoryFreeBytes - demand.memoryBytes()),
        labels,
        contents.with(List.of(demand.newcomer())));
  }

  /** The same node with so many containers on their way to it, of which those are known. */
  public NodeLoad withPending(int count, List<Tenant> known) {
    return new NodeLoad(
        node,
        engineId,
        unavailable,
        containers,
        count,
        cpus,
        load,
        memoryTotalBytes,
        memoryFreeBytes,
        labels,
        contents.with(known));
  }

  private static void requireNotNegative(long number, String name) {
    if (number < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + number);
    }
  }
}

package io.dockherd.scheduling;

import java.util.List;

/**
 * Evenly by number of containers, a node with more room taking more of them.
 *
 * <pre>
 * cost(n)   = (containers(n) + pending(n) + 1) / weight(n)
 * weight(n) = min(1, room(n) / (0.9 · greatest room))
 * room(n)   = √(free memory in bytes · spare CPUs)
 * spare(n)  = cpus · (1 − ½ · min(1, load / cpus))</pre>
 *
 * <p>Giving each container to the least cost in turn is how seats are dealt out in parliament
 * (D'Hondt): each node's share of the containers comes out in proportion to its weight.
 *
 * <p>Nodes within a tenth of the roomiest count as equal, for free memory and load are measured at
 * different moments and never quite the same on equal hosts: between those the numbers differ by at
 * most one. The root, and the half, keep one number alone from deciding: a busy node still has its
 * memory, and a load that has just ended is still in the average. A node without free memory keeps
 * a hundredth of its weight: it is the last to be asked, not excluded; that is for {@link
 * Filter#FREE_MEMORY}.
 *
 * <p>Where room is reserved for the container, the node least of whose memory and CPUs would be
 * reserved comes first, in whole percents; the above decides between equals.
 */
public record Spread() implements Strategy {
  private static final double EQUAL_FROM = 0.9;
  private static final double LEAST_WEIGHT = 0.01;

  @Override
  public double[] costs(Demand demand, List<NodeLoad> nodes) {
    double greatest = nodes.stream().mapToDouble(Spread::room).max().orElse(0);
    return nodes.stream()
        .mapToDouble(node -> Reserved.percent(demand, node) * 1e9 + cost(node, greatest))
        .toArray();
  }

  private static double cost(NodeLoad node, double greatest) {
    double weight =
        greatest == 0 ? 1 : Math.clamp(room(node) / (EQUAL_FROM * greatest), LEAST_WEIGHT, 1);
    return (node.containers() + node.pending() + 1) / weight;
  }

  private static double room(NodeLoad node) {
    int cpus = Math.max(1, node.cpus());
    double spare = cpus * (1 - 0.5 * Math.min(1, node.load() / cpus));
    return Math.sqrt(node.memoryFreeBytes() * spare);
  }
}

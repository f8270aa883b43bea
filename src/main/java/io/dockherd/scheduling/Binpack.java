package io.dockherd.scheduling;

import java.util.List;

/**
 * Fills one node before the next, so that others stay empty: the node most of whose memory and CPUs
 * is reserved; of equally full ones that with the most containers.
 */
public record Binpack() implements Strategy {
  @Override
  public double[] costs(Demand demand, List<NodeLoad> nodes) {
    return nodes.stream()
        .mapToDouble(
            node -> -Reserved.percent(demand, node) * 1e9 - node.containers() - node.pending())
        .toArray();
  }
}

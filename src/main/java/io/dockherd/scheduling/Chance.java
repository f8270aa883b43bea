package io.dockherd.scheduling;

import java.util.List;

/** Any node that has room. */
public record Chance() implements Strategy {
  @Override
  public double[] costs(Demand demand, List<NodeLoad> nodes) {
    return new double[nodes.size()];
  }

  @Override
  public boolean isByLot() {
    return true;
  }
}

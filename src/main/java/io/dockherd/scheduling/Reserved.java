package io.dockherd.scheduling;

/** How full a node would be by what is reserved on it. */
final class Reserved {
  private Reserved() {}

  /**
   * Whole percents of memory and CPUs together, from 0 to about 200; 0 for a container that
   * reserves nothing, which makes no odds to any node. What it does not reserve is not counted:
   * then the other alone decides.
   */
  static int percent(Demand demand, NodeLoad node) {
    Needs needs = demand.newcomer().needs();
    return percent(needs.memoryBytes(), node.contents().memoryBytes(), node.memoryTotalBytes())
        + percent(needs.nanoCpus(), node.contents().nanoCpus(), node.cpus() * 1_000_000_000L);
  }

  private static int percent(long more, long used, long total) {
    if (more == 0) {
      return 0;
    }
    return total == 0 ? 100 : (int) ((used + more) * 100.0 / total);
  }
}

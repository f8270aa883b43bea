package io.dockherd.apps.stewards;

import io.dockherd.apps.planning.Situation.Ground;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.scheduling.NodeLoad;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where instances can be, as the fleet and the herd say. */
public record Terrain(Fleet fleet, KnownNodes known) {
  /** All present nodes, none of them new. */
  public Ground ground() {
    List<NodeLoad> loads = fleet.loads().stream().map(this::labelled).toList();
    Set<String> drained = new HashSet<>();
    loads.stream().map(NodeLoad::node).filter(fleet::isDrained).forEach(drained::add);
    Set<String> all = new TreeSet<>();
    known.all().forEach(node -> all.add(node.name()));
    return new Ground(loads, drained, all, Set.of(), known.mayReplace());
  }

  /** A node that takes nothing still has labels, by which its instances count for others. */
  private NodeLoad labelled(NodeLoad load) {
    if (load.isAvailable() || !load.labels().isEmpty()) {
      return load;
    }
    try {
      return new NodeLoad(
          load.node(),
          load.engineId(),
          load.unavailable(),
          load.containers(),
          load.pending(),
          load.cpus(),
          load.load(),
          load.memoryTotalBytes(),
          load.memoryFreeBytes(),
          fleet.labels(load.node()),
          load.contents());
    } catch (NotFound e) {
      return load;
    }
  }
}

package io.dockherd.doors.docker.system;

import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The herd in ordered pairs of texts, as classic Swarm's {@code info} had its cluster: {@code
 * docker info} prints them as lines, and dashboards read them there, so keys and order stay.
 *
 * <pre>
 * Role: primary
 * Strategy: spread
 * Filters: health, port
 * Nodes: 3
 *  host-1: 10.213.0.1:2375
 *   └ ID: ABCD:…|10.213.0.1:2375
 *   └ Status: Healthy
 *   └ Containers: 4 (2 Running, 0 Paused, 2 Stopped)
 *   └ Reserved CPUs: 1 / 2
 *   └ Reserved Memory: 20 MiB / 24.72 GiB
 *   └ Labels: storagedriver=overlay2, zone=a
 *   └ UpdatedAt: 2026-11-20T15:03:50Z
 *   └ ServerVersion: 20.10.24</pre>
 *
 * <p>Every node is primary: there is none that only passes on.
 */
record SystemStatus(String strategy, List<String> filters, List<NodeStatus> nodes) {
  private static final String DETAIL = "  └ ";

  SystemStatus {
    filters = List.copyOf(filters);
    nodes = List.copyOf(nodes);
  }

  JsonArray pairs() {
    JsonArray pairs = new JsonArray();
    add(pairs, "Role", "primary");
    add(pairs, "Strategy", strategy);
    add(pairs, "Filters", String.join(", ", filters));
    add(pairs, "Nodes", String.valueOf(nodes.size()));
    List<NodeStatus> sorted = new ArrayList<>(nodes);
    sorted.sort((a, b) -> NaturalOrder.compare(a.name(), b.name()));
    sorted.forEach(node -> add(pairs, node));
    return pairs;
  }

  private static void add(JsonArray pairs, NodeStatus node) {
    // A manager knows an engine that has never answered by its address alone.
    String name = node.name().equals(node.address()) ? "(unknown)" : node.name();
    add(pairs, " " + name, node.address());
    add(pairs, DETAIL + "ID", node.engineId() + "|" + node.address());
    add(pairs, DETAIL + "Status", status(node));
    add(pairs, DETAIL + "Containers", containers(node));
    add(pairs, DETAIL + "Reserved CPUs", cpus(node.nanoCpus()) + " / " + node.cpus());
    add(
        pairs,
        DETAIL + "Reserved Memory",
        Units.bytes(node.memoryBytes()) + " / " + Units.bytes(node.memoryTotalBytes()));
    add(pairs, DETAIL + "Labels", labels(node.labels()));
    if (node.isDrained()) {
      // Only then, so that what classic Swarm's readers know stays where it was.
      add(pairs, DETAIL + "Availability", "Drain");
    }
    if (!node.error().isEmpty()) {
      add(pairs, DETAIL + "Error", node.error());
    }
    add(
        pairs,
        DETAIL + "UpdatedAt",
        DateTimeFormatter.ISO_INSTANT.format(node.contact().truncatedTo(ChronoUnit.SECONDS)));
    add(pairs, DETAIL + "ServerVersion", node.serverVersion());
  }

  private static String status(NodeStatus node) {
    if (node.isHealthy()) {
      return "Healthy";
    }
    return node.isKnown() ? "Unhealthy" : "Pending";
  }

  private static String containers(NodeStatus node) {
    NodeStatus.Counts counts = node.counts();
    return node.isHealthy()
        ? "%d (%d Running, %d Paused, %d Stopped)"
            .formatted(counts.all(), counts.running(), counts.paused(), counts.stopped())
        : String.valueOf(counts.all());
  }

  /** Whole ones mostly: with as many digits as it takes, three at most. */
  private static String cpus(long nano) {
    BigDecimal cpus = BigDecimal.valueOf(nano, 9).setScale(3, RoundingMode.HALF_UP);
    return cpus.signum() == 0 ? "0" : cpus.stripTrailingZeros().toPlainString();
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
  }

  private static void add(JsonArray pairs, String key, String value) {
    pairs.add(new JsonArray().add(key).add(value));
  }
}

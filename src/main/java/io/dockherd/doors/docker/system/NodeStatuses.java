package io.dockherd.doors.docker.system;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.members.Member;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The nodes as {@code info} shows them, from facts. */
record NodeStatuses(Fleet fleet, HerdEngines engines, InstantSource clock) {
  private static final int DOCKER_PORT = 2375;

  NodeStatuses {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(engines, "engines");
    Objects.requireNonNull(clock, "clock");
  }

  List<NodeStatus> all() {
    return engines.all().stream().map(this::of).toList();
  }

  private NodeStatus of(HerdEngines.Known node) {
    KnownEngine engine = node.engine();
    List<KnownContainer> containers = known(node.node());
    return new NodeStatus(
        node.node(),
        address(node.member()),
        engine.json().getString("id", ""),
        error(engine),
        engine.lastContact(clock.instant()),
        engine.json().getString("serverVersion", ""),
        counts(containers),
        containers.stream().mapToLong(each -> each.tenant().needs().nanoCpus()).sum(),
        engine.cpus(),
        containers.stream().mapToLong(each -> each.tenant().needs().memoryBytes()).sum(),
        engine.memoryBytes(),
        fleet.isDrained(node.node()),
        labels(node.node()));
  }

  /** Where a node's engine is: of one that is reached over the network, where that is. */
  private static String address(Member member) {
    return member.json().getString("engineAddress", member.address() + ":" + DOCKER_PORT);
  }

  private static String error(KnownEngine engine) {
    if (engine.isReachable()) {
      return "";
    }
    return engine.reason().isEmpty() ? "nothing is known of it yet" : engine.reason();
  }

  private static NodeStatus.Counts counts(List<KnownContainer> containers) {
    int running = 0;
    int paused = 0;
    for (KnownContainer container : containers) {
      switch (container.status().state()) {
        case "running", "restarting" -> running++;
        case "paused" -> paused++;
        default -> {}
      }
    }
    return new NodeStatus.Counts(running, paused, containers.size() - running - paused);
  }

  private List<KnownContainer> known(String node) {
    try {
      return fleet.known(node);
    } catch (NotFound justLeft) {
      return List.of();
    }
  }

  private Map<String, String> labels(String node) {
    try {
      return fleet.labels(node);
    } catch (NotFound justLeft) {
      return Map.of();
    }
  }
}

package io.dockherd.doors.docker.networks;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network that is to go, from every engine that has it. */
final class Removal {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Fleet fleet;
  private final KnownNetwork network;
  private final List<String> removed = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private Failure trouble;

  Removal(Fleet fleet, KnownNetwork network) {
    this.fleet = fleet;
    this.network = network;
  }

  /**
   * Removes it: from all, or, as long as one refuses because it is used there, from none.
   *
   * @return an engine's refusal; empty when it is gone
   * @throws Failure when no engine that has it can be reached
   * @throws DockerError 503 when some keep it because they can't be reached; says which
   */
  Optional<EngineResponse> everywhere() {
    for (Copy copy : inOrder()) {
      try {
        EngineResponse response =
            fleet.host(copy.node()).call(EngineRequest.delete(LIMIT, "networks", copy.id()));
        if (!response.isSuccess() && response.status() != 404) {
          return Optional.of(response);
        }
        removed.add(copy.node());
      } catch (Failure e) {
        trouble = e;
        kept.add(copy.node() + " (" + e.getMessage() + ")");
      }
    }
    fleet.networks().lostWith(network).forEach(node -> kept.add(node + " (which has gone)"));
    if (removed.isEmpty() && trouble != null) {
      throw trouble;
    }
    if (!kept.isEmpty()) {
      throw new DockerError(
          503,
          "network "
              + network.name()
              + " is removed from "
              + String.join(", ", removed)
              + " but not from "
              + String.join(", ", kept)
              + ": remove it again when that is back");
    }
    return Optional.empty();
  }

  /** Those that are used come first: they refuse, and nothing has been removed yet. */
  private List<Copy> inOrder() {
    if (network.reach() == Reach.BUILT_IN || network.reach() == Reach.GLOBAL) {
      return network.copies().subList(0, 1);
    }
    if (network.copies().size() == 1) {
      return network.copies();
    }
    List<EachHost.Word> words =
        EachHost.ask(
            network.copies().stream().map(copy -> fleet.host(copy.node())).toList(),
            host ->
                EngineRequest.get(LOOK, "networks", network.on(host.node()).orElseThrow().id()));
    List<Copy> ordered = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      boolean isUsed =
          words.get(i).json() instanceof JsonObject inspected
              && inspected.getValue("Containers") instanceof JsonObject containers
              && !containers.isEmpty();
      ordered.add(isUsed ? 0 : ordered.size(), network.copies().get(i));
    }
    return ordered;
  }
}

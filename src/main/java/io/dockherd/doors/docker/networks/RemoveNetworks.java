package io.dockherd.doors.docker.networks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code DELETE /networks/{name}} and {@code POST /networks/prune}. */
public record RemoveNetworks(Fleet fleet, NetworkLookup lookup, InstantSource clock) {
  private static final Set<String> KNOWN = Set.of("label", "label!", "node", "until");

  public RemoveNetworks {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(clock, "clock");
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.change("DELETE", "/networks/{name}", "network.delete", this::remove),
        Route.change("POST", "/networks/prune", "network.prune", this::prune));
  }

  private Reply remove(DockerCall call) {
    KnownNetwork network = lookup.of(call.name("name"));
    return new Removal(fleet, network).everywhere().map(Replies::of).orElse(Replies.empty(204));
  }

  /**
   * Those nobody in the herd uses. Engines are not asked to prune: one that nothing on it uses may
   * be in use on another.
   */
  private Reply prune(DockerCall call) {
    Filters filters = Filters.parse(call.query().text("filters")).only(KNOWN);
    Optional<Instant> until =
        filters.get("until").stream().findFirst().map(text -> Until.parse(text, clock.instant()));
    UsedNetworks used = UsedNetworks.of(fleet);
    JsonArray deleted = new JsonArray();
    for (KnownNetwork network : fleet.networks().all()) {
      boolean isUnused = network.reach() != Reach.BUILT_IN && !used.has(network);
      if (isUnused && fits(network, filters, until) && isRemoved(network)) {
        deleted.add(network.name());
      }
    }
    return Replies.json(
        200, new JsonObject().put("NetworksDeleted", deleted.isEmpty() ? null : deleted));
  }

  private static boolean fits(KnownNetwork network, Filters filters, Optional<Instant> until) {
    JsonObject labels = HerdNetwork.labels(network.first().entry());
    return filters.hasAll("label", labels)
        && !(filters.has("label!") && filters.hasAll("label!", labels))
        && filters.any("node", node -> NetworkFilter.isOn(network, node))
        && until.map(limit -> isOlder(network, limit)).orElse(true);
  }

  private static boolean isOlder(KnownNetwork network, Instant limit) {
    return Until.parse(network.first().entry().getString("Created", ""), limit).isBefore(limit);
  }

  /** What has come into use meanwhile, or is out of reach, stays. */
  private boolean isRemoved(KnownNetwork network) {
    try {
      return new Removal(fleet, network).everywhere().map(EngineResponse::isSuccess).orElse(true);
    } catch (Failure | DockerError e) {
      return false;
    }
  }
}

package io.dockherd.doors.docker.networks;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Which networks a list shows: Docker's filters, and {@code node}. */
final class NetworkFilter {
  private static final Set<String> KNOWN =
      Set.of("dangling", "driver", "id", "label", "name", "node", "scope", "type");
  private static final Set<String> TYPES = Set.of("builtin", "custom");

  private final Filters filters;
  private final Optional<Boolean> isDangling;
  private final Supplier<UsedNetworks> used;
  private UsedNetworks inUse;

  /**
   * @param used asked for if it matters
   * @throws Invalid for a filter Docker does not know, or a value it can't have
   */
  NetworkFilter(Filters filters, Supplier<UsedNetworks> used) {
    this.filters = filters.only(KNOWN);
    for (String type : filters.get("type")) {
      if (!TYPES.contains(type)) {
        throw new Invalid("type", "Invalid filter: 'type'='" + type + "'", "");
      }
    }
    this.isDangling =
        filters.has("dangling") ? Optional.of(filters.truth("dangling", false)) : Optional.empty();
    this.used = used;
  }

  boolean admits(KnownNetwork network) {
    JsonObject entry = network.first().entry();
    return hasName(network)
        && filters.any("id", wanted -> hasId(network, wanted))
        && filters.isExactly("driver", entry.getString("Driver", ""))
        && filters.isExactly("scope", entry.getString("Scope", "local"))
        && filters.isExactly("type", network.reach() == Reach.BUILT_IN ? "builtin" : "custom")
        && filters.hasAll("label", HerdNetwork.labels(entry))
        && filters.any("node", node -> isOn(network, node))
        && isDangling.map(wanted -> wanted == isDangling(network)).orElse(true);
  }

  /** With the node only where somebody wrote one. */
  private boolean hasName(KnownNetwork network) {
    return filters.any(
        "name",
        wanted ->
            Filters.fits(wanted, network.name())
                || wanted.contains("/")
                    && network.copies().stream()
                        .anyMatch(
                            copy -> Filters.fits(wanted, copy.node() + "/" + network.name())));
  }

  private static boolean hasId(KnownNetwork network, String wanted) {
    return Filters.fits(wanted, network.id())
        || network.copies().stream().anyMatch(copy -> Filters.fits(wanted, copy.id()));
  }

  static boolean isOn(KnownNetwork network, String wanted) {
    return network.on(wanted).isPresent();
  }

  private boolean isDangling(KnownNetwork network) {
    if (inUse == null) {
      inUse = used.get();
    }
    return network.reach() != Reach.BUILT_IN && !inUse.has(network);
  }
}

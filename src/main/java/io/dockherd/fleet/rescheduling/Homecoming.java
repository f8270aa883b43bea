package io.dockherd.fleet.rescheduling;

import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A lost node is back: of a container of it and the one made anew meanwhile, one stays. */
record Homecoming(Fleet fleet, Sightings sightings, KnownNodes known) {
  private static final Log LOG = Log.of(Homecoming.class);

  /**
   * Sees to it.
   *
   * @return whether nothing is left to be done; else a replacement may yet show up
   */
  boolean isSettled(Displaced displaced) {
    if (sightings.on(displaced.node(), displaced.id()).isEmpty()) {
      return true;
    }
    Optional<Sightings.Seen> twin = twin(displaced);
    if (twin.isEmpty()) {
      return !mayShowUp(displaced);
    }
    Host here = fleet.host(displaced.node());
    Host there = fleet.host(twin.get().node());
    Optional<JsonObject> original = StandIn.inspect(here, displaced.id());
    Optional<JsonObject> replacement = StandIn.inspect(there, twin.get().id());
    if (original.isPresent() && replacement.isPresent()) {
      Survivor survivor =
          Survivor.of(
              original.get().getJsonObject("State"),
              replacement.get().getJsonObject("State"),
              displaced.ran());
      switch (survivor) {
        case REPLACEMENT -> StandIn.remove(here, displaced.id());
        case ORIGINAL -> StandIn.remove(there, twin.get().id());
      }
      LOG.info(
          "one of two removed",
          "name",
          displaced.recreation().name(),
          "stays",
          survivor,
          "node",
          displaced.node(),
          "other",
          twin.get().node());
    }
    return true;
  }

  /** What stands in for it, where it can be asked. */
  private Optional<Sightings.Seen> twin(Displaced displaced) {
    return Optional.of(new Sightings.Seen(displaced.replacementNode(), displaced.replacement()))
        .filter(noted -> sightings.on(noted.node(), noted.id()).isPresent())
        .or(
            () ->
                sightings.standInFor(displaced).filter(seen -> !seen.id().equals(displaced.id())));
  }

  /** Whether there is a replacement on a node that is away, or has not told yet what it has. */
  private boolean mayShowUp(Displaced displaced) {
    return displaced.isReplaced()
        && known.knows(displaced.replacementNode())
        && !sightings.isTold(displaced.replacementNode());
  }
}

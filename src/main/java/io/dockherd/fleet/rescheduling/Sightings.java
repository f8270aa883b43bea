package io.dockherd.fleet.rescheduling;

import io.dockherd.fleet.requests.SwarmLabel;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.util.Optional;
import java.util.function.Predicate;

/** What facts say of containers, those included that are not shown to anybody else. */
record Sightings(Facts facts) {
  /** A container and where it is. */
  record Seen(String node, String id) {}

  /** That container on that node. */
  Optional<KnownContainer> on(String node, String id) {
    return facts.find(FactKind.CONTAINER, node, id).map(fact -> KnownContainer.of(fact.value()));
  }

  /** What was made to stand in for a displaced container, or is the same that turned up again. */
  Optional<Seen> standInFor(Displaced displaced) {
    return first(known -> displaced.id().equals(label(known, KnownContainer.REPLACES_LABEL)))
        .or(() -> first(known -> isSame(known, displaced)));
  }

  private static boolean isSame(KnownContainer known, Displaced displaced) {
    return displaced.swarmId().equals(label(known, SwarmLabel.ID))
        && known.names().contains(displaced.recreation().name());
  }

  private static String label(KnownContainer known, String name) {
    return known.tenant().labels().getOrDefault(name, "");
  }

  private Optional<Seen> first(Predicate<KnownContainer> fits) {
    for (Fact fact : facts.of(FactKind.CONTAINER)) {
      KnownContainer known = KnownContainer.of(fact.value());
      if (fits.test(known)) {
        return Optional.of(new Seen(fact.owner(), known.id()));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether that node has told something of its engine, be it that it can't be reached: a node that
   * has just come has not yet.
   */
  boolean isHeardOf(String node) {
    return facts.find(FactKind.ENGINE, node, FactKind.ONLY).isPresent();
  }

  /** Whether that node has told all its engine has. */
  boolean isTold(String node) {
    return facts
        .find(FactKind.ENGINE, node, FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()).isReachable())
        .orElse(false);
  }
}

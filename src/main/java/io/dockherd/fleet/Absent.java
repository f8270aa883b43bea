package io.dockherd.fleet;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.util.Optional;

/** What is known of those that can't be asked. */
record Absent(Facts facts) {
  /** Why the engine of that node is out of reach; empty when it is not. */
  Optional<String> engine(String node) {
    return facts
        .find(FactKind.ENGINE, node, FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()))
        .map(engine -> engine.isReachable() ? "" : engine.reason())
        .or(() -> Optional.of("nothing is known of its engine yet"))
        .filter(reason -> !reason.isEmpty());
  }

  /** Where that container was last known to be, as the end of a sentence; "" when nowhere. */
  String mention(String reference) {
    for (Fact fact : facts.lost(FactKind.CONTAINER)) {
      KnownContainer lost = KnownContainer.of(fact.value());
      boolean fits = lost.names().contains(reference) || lost.id().startsWith(reference);
      if (fits) {
        return "; it was on " + fact.owner() + ", which has gone";
      }
    }
    return "";
  }
}

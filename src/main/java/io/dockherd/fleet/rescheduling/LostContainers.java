package io.dockherd.fleet.rescheduling;

import io.dockherd.fleet.requests.SwarmLabel;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.fleet.watch.Recreation;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The containers lost nodes had that are to be made anew, by what those had told last. */
record LostContainers(Facts facts) {
  /** One of them. */
  record Lost(String node, String id) {}

  List<Lost> all() {
    List<Lost> all = new ArrayList<>();
    for (Fact fact : facts.lost(FactKind.RECREATION)) {
      all.add(new Lost(fact.owner(), fact.id()));
    }
    return all;
  }

  /** All that is known of one. */
  Displaced displaced(Lost lost) {
    Recreation recreation = Recreation.read(json(FactKind.RECREATION, lost.node, lost.id));
    KnownEngine engine = new KnownEngine(json(FactKind.ENGINE, lost.node, FactKind.ONLY));
    boolean ran =
        find(FactKind.CONTAINER, lost.node, lost.id)
            .map(fact -> KnownContainer.of(fact.value()))
            .map(container -> LastState.ran(container.status(), engine))
            .orElse(false);
    JsonObject labels = recreation.document().getJsonObject("Labels", new JsonObject());
    return new Displaced(
        lost.node,
        lost.id,
        labels.getString(SwarmLabel.ID, lost.id),
        ran,
        recreation,
        networks(lost.node, recreation),
        "",
        "");
  }

  private List<JsonObject> networks(String node, Recreation recreation) {
    Set<String> names = recreation.networkNames();
    return facts.lost(FactKind.NETWORK).stream()
        .filter(fact -> fact.owner().equals(node))
        .map(Fact::json)
        .filter(network -> names.contains(network.getString("Name", "")))
        .toList();
  }

  private Optional<Fact> find(String kind, String node, String id) {
    return facts.lost(kind).stream()
        .filter(fact -> fact.owner().equals(node) && fact.id().equals(id))
        .findFirst();
  }

  private JsonObject json(String kind, String node, String id) {
    return find(kind, node, id).map(Fact::json).orElseGet(JsonObject::new);
  }
}

package io.dockherd.fleet;

import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Notices two containers of one name, as after a split both sides of which gave it, or after
 * somebody made one past the herd. Both stay and are reached as {@code node/name}; that it is so is
 * told once, by the first of their nodes.
 */
final class Namesakes implements Facts.FactsListener {
  private final String self;
  private final BiConsumer<String, List<String>> teller;

  /** Name → {@code node/id}, of all containers there are. */
  private final Map<String, Set<String>> bearers = new HashMap<>();

  /**
   * @param teller takes a name, and the nodes of the containers that have it
   */
  Namesakes(String self, BiConsumer<String, List<String>> teller) {
    this.self = self;
    this.teller = teller;
  }

  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    List<String> now = KnownContainer.of(fact.value()).names();
    List<String> then = before.map(old -> KnownContainer.of(old.value()).names()).orElse(List.of());
    if (now.equals(then)) {
      return;
    }
    String bearer = fact.owner() + "/" + fact.id();
    then.forEach(name -> remove(name, bearer));
    for (String name : now) {
      Set<String> all = bearers.computeIfAbsent(name, key -> new TreeSet<>());
      if (all.add(bearer) && all.size() > 1) {
        tell(name, all);
      }
    }
  }

  @Override
  public void onGone(Fact fact, boolean lost) {
    String bearer = fact.owner() + "/" + fact.id();
    KnownContainer.of(fact.value()).names().forEach(name -> remove(name, bearer));
  }

  private void remove(String name, String bearer) {
    Set<String> all = bearers.get(name);
    // A fact may go before it was ever told here.
    if (all != null && all.remove(bearer) && all.isEmpty()) {
      bearers.remove(name);
    }
  }

  private void tell(String name, Set<String> all) {
    List<String> nodes =
        all.stream().map(one -> one.substring(0, one.indexOf('/'))).distinct().sorted().toList();
    // On one node there can't be two: an old name is still known while it changes hands.
    if (nodes.size() > 1 && nodes.getFirst().equals(self)) {
      teller.accept(name, nodes);
    }
  }
}

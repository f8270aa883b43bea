package io.dockherd.fleet;

import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The containers people are shown. When a lost node is back, a container of it that was made anew
 * elsewhere meanwhile is there twice until one is removed: of the two, only the replacement is
 * shown. Both are told by facts, so that nobody ever sees two.
 */
record Shown(ContainerIndex index) implements Facts.FactsListener {
  /** A node's, newest first; the very same list as long as nothing changed and none is hidden. */
  List<KnownContainer> of(String node) {
    ContainerIndex.Page page = index.of(node);
    return without(hidden(page), page.known());
  }

  /** Those of that name, as a rule one at most. */
  List<KnownContainer> named(String node, String name) {
    ContainerIndex.Page page = index.of(node);
    List<KnownContainer> named = page.byName().getOrDefault(name, List.of());
    return named.isEmpty() ? named : without(hidden(page), named);
  }

  private static List<KnownContainer> without(Set<String> hidden, List<KnownContainer> all) {
    return hidden.isEmpty()
        ? all
        : all.stream().filter(each -> !hidden.contains(each.id())).toList();
  }

  private Set<String> hidden(ContainerIndex.Page page) {
    if (index.replacements().isEmpty()) {
      return Set.of();
    }
    Set<String> hidden = new HashSet<>();
    for (List<KnownContainer> replacements : index.replacements().values()) {
      for (KnownContainer replacement : replacements) {
        KnownContainer original = page.byId().get(replacement.replaces());
        // A copy of a replacement (commit keeps labels) is none: it can't have its name as well.
        if (original != null && !Collections.disjoint(original.names(), replacement.names())) {
          hidden.add(original.id());
        }
      }
    }
    return hidden;
  }

  /**
   * Reads replacements before anybody asks for a list: it may ask for the original's node first.
   */
  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    if (before.isEmpty() && fact.value().toString().contains(KnownContainer.REPLACES_LABEL)) {
      index.of(fact.owner());
    }
  }

  @Override
  public void onGone(Fact fact, boolean lost) {
    // The index forgets by itself.
  }
}

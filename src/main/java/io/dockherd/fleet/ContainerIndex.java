package io.dockherd.fleet;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.scheduling.Tenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The container facts, each read once. Facts are the truth: what is kept here is only the reading
 * of a fact that is still the very same.
 */
final class ContainerIndex {
  private final Facts facts;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  /** Apart, for they are few and looked at for every list. */
  private final Map<String, List<KnownContainer>> replacements = new ConcurrentHashMap<>();

  /**
   * One node's containers at one moment.
   *
   * @param byName usually one each
   * @param known newest first, as engines list them
   * @param creations the create calls of ours they came from
   * @param occupying how many run or are yet to run
   * @param replacements those made for a container of a lost node
   * @param tenants the containers as others are placed by them
   */
  record Page(
      List<Fact> facts,
      Map<String, KnownContainer> byId,
      Map<String, List<KnownContainer>> byName,
      List<KnownContainer> known,
      Set<String> creations,
      int occupying,
      List<KnownContainer> replacements,
      List<Tenant> tenants) {}

  private static final Page EMPTY =
      new Page(List.of(), Map.of(), Map.of(), List.of(), Set.of(), 0, List.of(), List.of());

  ContainerIndex(Facts facts) {
    this.facts = facts;
  }

  /** A node's containers. */
  Page of(String node) {
    List<Fact> now = facts.of(FactKind.CONTAINER, node);
    Page page = pages.getOrDefault(node, EMPTY);
    if (Fact.areSame(page.facts, now)) {
      return page;
    }
    Page next = read(page, now);
    pages.put(node, next);
    if (next.replacements.isEmpty()) {
      replacements.remove(node);
    } else {
      replacements.put(node, next.replacements);
    }
    return next;
  }

  /** By node, the containers made for others of lost nodes, as far as they were read. */
  Map<String, List<KnownContainer>> replacements() {
    return replacements;
  }

  /** Forgets what was read of a node that has gone. */
  void forget(String node) {
    pages.remove(node);
    replacements.remove(node);
  }

  private static Page read(Page before, List<Fact> now) {
    Map<String, Fact> old = new HashMap<>();
    before.facts.forEach(fact -> old.put(fact.id(), fact));
    Map<String, KnownContainer> byId = new HashMap<>();
    for (Fact fact : now) {
      byId.put(
          fact.id(),
          old.get(fact.id()) == fact
              ? before.byId.get(fact.id())
              : KnownContainer.of(fact.value()));
    }
    List<KnownContainer> known = new ArrayList<>(byId.values());
    known.sort(
        Comparator.comparingLong(KnownContainer::createdNanos)
            .reversed()
            .thenComparing(KnownContainer::id));
    Map<String, List<KnownContainer>> byName = new HashMap<>();
    Set<String> creations = new HashSet<>();
    int occupying = 0;
    for (KnownContainer container : known) {
      for (String name : container.names()) {
        byName.computeIfAbsent(name, first -> new ArrayList<>(1)).add(container);
      }
      creations.add(container.creation());
      occupying += container.status().isOccupying() ? 1 : 0;
    }
    List<KnownContainer> replacements =
        known.stream().filter(container -> !container.replaces().isEmpty()).toList();
    List<Tenant> tenants = known.stream().map(KnownContainer::tenant).toList();
    return new Page(
        now, byId, byName, List.copyOf(known), creations, occupying, replacements, tenants);
  }
}

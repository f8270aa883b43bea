package io.dockherd.apps.keeping;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.DecodeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The instances of all apps, from facts; each fact is read once for as long as it is the same. */
public final class InstanceIndex {
  private static final Log LOG = Log.of(InstanceIndex.class);

  /** Those of one app in the order everybody sees them in. */
  private static final Comparator<Instance> ORDER =
      Comparator.comparing(Instance::id).thenComparing(Instance::node);

  private final Facts facts;
  private volatile Page page = Page.EMPTY;
  private volatile Page lostPage = Page.EMPTY;

  /** What was read of which facts. */
  private record Page(
      List<Fact> facts,
      Map<Fact, Optional<Instance>> read,
      Map<AppPath, List<Instance>> apps,
      List<Instance> coming) {
    static final Page EMPTY = new Page(List.of(), Map.of(), Map.of(), List.of());
  }

  /** What those facts say. */
  public InstanceIndex(Facts facts) {
    this.facts = facts;
  }

  /** The instances of an app that present nodes tell of, by id. */
  public List<Instance> of(AppPath path) {
    return all().getOrDefault(path, List.of());
  }

  /** Those of all apps, by path. */
  public Map<AppPath, List<Instance>> all() {
    return page().apps();
  }

  /** Those that have been taken on and of which no container is known yet. */
  public List<Instance> coming() {
    return page().coming();
  }

  private Page page() {
    Page before = page;
    List<Fact> now = facts.of(Instance.FACT);
    if (Fact.areSame(before.facts(), now)) {
      return before;
    }
    Page fresh = read(now, before);
    page = fresh;
    return fresh;
  }

  /** Those that went with nodes that did not leave orderly, as they were last told. */
  public List<Instance> lost(AppPath path) {
    return lost().getOrDefault(path, List.of());
  }

  private Map<AppPath, List<Instance>> lost() {
    Page before = lostPage;
    List<Fact> now = facts.lost(Instance.FACT);
    if (!Fact.areSame(before.facts(), now)) {
      before = read(now, before);
      lostPage = before;
    }
    return before.apps();
  }

  private static Page read(List<Fact> now, Page before) {
    Map<Fact, Optional<Instance>> read = new IdentityHashMap<>();
    Map<AppPath, List<Instance>> apps = new HashMap<>();
    for (Fact fact : now) {
      Optional<Instance> known = before.read().get(fact);
      Optional<Instance> instance = known == null ? read(fact) : known;
      read.put(fact, instance);
      instance.ifPresent(one -> apps.computeIfAbsent(one.path(), p -> new ArrayList<>()).add(one));
    }
    apps.replaceAll((path, all) -> all.stream().sorted(ORDER).toList());
    List<Instance> coming =
        apps.values().stream()
            .flatMap(List::stream)
            .filter(one -> one.phase().isLive() && one.containers().isEmpty())
            .toList();
    return new Page(now, read, Collections.unmodifiableMap(new TreeMap<>(apps)), coming);
  }

  /** What a fact says; empty when it can't be read. */
  static Optional<Instance> read(Fact fact) {
    try {
      return Optional.of(Instance.of(fact.owner(), fact.json()));
    } catch (Invalid | DecodeException e) {
      LOG.warn("fact of an instance can't be read", "id", fact.id(), "reason", e.getMessage());
      return Optional.empty();
    }
  }
}

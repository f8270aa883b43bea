package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.InstanceIndex;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.planning.PodDemand;
import io.dockherd.apps.planning.Prerequisites;
import io.dockherd.apps.planning.Situation.Ground;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.NodeLoad;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a steward sees of the herd: nodes, their engines, and the apps of others. */
final class Lookout {
  private final Fleet fleet;
  private final Members members;
  private final Facts facts;
  private final KnownNodes known;
  private final Terrain terrain;
  private final AppBook book;
  private final InstanceIndex index;
  private final Hearing hearing;
  private final StewardSettings settings;
  private final InstantSource clock;
  private final Map<String, Instant> engineAway = new ConcurrentHashMap<>();

  Lookout(
      Fleet fleet,
      Members members,
      Facts facts,
      KnownNodes known,
      AppBook book,
      InstanceIndex index,
      Hearing hearing,
      StewardSettings settings,
      InstantSource clock) {
    this.fleet = fleet;
    this.members = members;
    this.facts = facts;
    this.known = known;
    this.terrain = new Terrain(fleet, known);
    this.book = book;
    this.index = index;
    this.hearing = hearing;
    this.settings = settings;
    this.clock = clock;
  }

  /** When the members last changed. */
  Instant changed() {
    return hearing.changed();
  }

  /** The labels of the containers of an app, wherever they are. */
  List<Map<String, String>> containersOf(AppPath path) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Member node : members.nodes()) {
      try {
        for (KnownContainer container : fleet.known(node.name())) {
          Map<String, String> labels = container.tenant().labels();
          if (Hearing.isOfHerd(fleet.herd(), container.tenant())
              && path.value().equals(labels.get(AppLabel.APP))) {
            all.add(labels);
          }
        }
      } catch (NotFound e) {
        // It has gone this moment, and what it runs with it.
        continue;
      }
    }
    return all;
  }

  /**
   * Where an app's instances can be.
   *
   * @param onTheirWay instances of other apps that have been asked for and that facts don't show
   */
  Ground ground(AppPath path, List<Instance> onTheirWay) {
    Set<String> gone = lostEngines();
    Ground all = terrain.ground();
    List<NodeLoad> loads = new ArrayList<>(all.loads());
    loads.removeIf(load -> gone.contains(load.node()));
    onTheirWay.forEach(instance -> occupy(loads, instance));
    index.coming().stream()
        .filter(one -> !one.path().equals(path))
        .forEach(one -> occupy(loads, one));
    return new Ground(loads, all.drained(), all.known(), hearing.newcomers(), all.mayReplace());
  }

  private void occupy(List<NodeLoad> loads, Instance instance) {
    book.revision(instance.path(), instance.revision())
        .map(revision -> PodDemand.of(revision, instance.id().slot()))
        .ifPresent(
            demand ->
                loads.replaceAll(
                    load -> load.node().equals(instance.node()) ? load.plus(demand) : load));
  }

  /** Nodes that are there, and whose engines have been out of reach for too long. */
  Set<String> lostEngines() {
    engineAway.keySet().retainAll(present());
    Set<String> lost = new HashSet<>();
    for (Member node : members.nodes()) {
      boolean isAway =
          facts
              .find(FactKind.ENGINE, node.name(), FactKind.ONLY)
              .map(fact -> !new KnownEngine(fact.json()).isReachable())
              .orElse(false);
      if (!isAway) {
        engineAway.remove(node.name());
      } else if (isOverdue(engineAway.computeIfAbsent(node.name(), name -> clock.instant()))) {
        lost.add(node.name());
      }
    }
    return lost;
  }

  private boolean isOverdue(Instant away) {
    return !clock.instant().isBefore(away.plus(settings.engineGrace()));
  }

  /** Whether all nodes are there that the herd counts on. */
  boolean isComplete() {
    return known.absent().isEmpty();
  }

  /** The names of the nodes that are there. */
  Set<String> present() {
    Set<String> present = new HashSet<>();
    members.nodes().forEach(node -> present.add(node.name()));
    return present;
  }

  /** Why no instance of an app is started just now, whatever node there may be for it. */
  Optional<String> missing(App app, AppConfig config) {
    return hearing.returning(app, known).or(() -> Prerequisites.missing(app, config, this::others));
  }

  private List<Prerequisites.Other> others(String path) {
    List<AppBook.Kept> apps = new ArrayList<>(book.under(path));
    book.find(new AppPath(path)).ifPresent(apps::add);
    Map<AppPath, List<Instance>> all = apps.isEmpty() ? new HashMap<>() : index.all();
    return apps.stream()
        .map(
            kept ->
                new Prerequisites.Other(
                    kept.app(),
                    book.revision(kept.app().path(), kept.app().revision()).map(Revision::config),
                    all.getOrDefault(kept.app().path(), List.of()),
                    book.outcomes(kept.app().path())))
        .toList();
  }
}

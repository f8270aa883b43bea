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
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNode;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.telemetry.Log;
import java.time.Duration;
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
import java.util.concurrent.atomic.AtomicLong;

/** What a steward sees of the herd: nodes, their engines, and the apps of others. */
final class Lookout implements Members.MembersListener {
  private static final Log LOG = Log.of(Lookout.class);

  private final Fleet fleet;
  private final Members members;
  private final Facts facts;
  private final KnownNodes known;
  private final Terrain terrain;
  private final AppBook book;
  private final InstanceIndex index;
  private final Duties duties;
  private final StewardSettings settings;
  private final InstantSource clock;
  private final Instant begun;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final Map<String, Instant> engineAway = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private volatile Instant changed;
  private final AtomicLong changes = new AtomicLong();

  /** The number of the last of them after which the records were compared. */
  private final AtomicLong caughtUp = new AtomicLong(-1);

  private volatile boolean isClosed;

  Lookout(
      Fleet fleet,
      Members members,
      Facts facts,
      KnownNodes known,
      AppBook book,
      InstanceIndex index,
      Duties duties,
      StewardSettings settings,
      InstantSource clock) {
    this.fleet = fleet;
    this.members = members;
    this.facts = facts;
    this.known = known;
    this.terrain = new Terrain(fleet, known);
    this.book = book;
    this.index = index;
    this.duties = duties;
    this.settings = settings;
    this.clock = clock;
    begun = clock.instant();
    changed = begun;
  }

  /** Gives up whatever it waits for. */
  void close() {
    isClosed = true;
  }

  @Override
  public void onJoined(Member member) {
    if (member.isNode()) {
      since.put(member.name(), clock.instant());
      seen.add(member.name());
      changes();
    }
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (member.isNode()) {
      since.remove(member.name());
      engineAway.remove(member.name());
      heard.remove(member.name());
      changes();
    }
  }

  /**
   * Whether the members have not changed for a moment, this node holds all records they hold, and
   * all have told what they run.
   */
  boolean isClear() {
    return isPast(changed, settings.settle())
        && caughtUp.get() == changes.get()
        && members.nodes().stream().allMatch(node -> isHeardOf(node.name()));
  }

  /** Something has changed: what the others have written may be news to us. */
  private void changes() {
    changed = clock.instant();
    long number = changes.incrementAndGet();
    Thread.ofVirtual().name("stewards catch up").start(() -> catchUp(number));
  }

  private void catchUp(long number) {
    while (changes.get() == number && !isClosed) {
      try {
        book.awaitCaughtUp(duties.ownKey("stewards/"), settings.call());
        caughtUp.accumulateAndGet(number, Math::max);
        return;
      } catch (Failure e) {
        LOG.debug("records not caught up yet", "reason", e.getMessage());
      }
    }
  }

  /** When the members last changed. */
  Instant changed() {
    return changed;
  }

  private boolean isPast(Instant from, Duration wait) {
    return !clock.instant().isBefore(from.plus(wait));
  }

  /**
   * Whether a node has told of its engine, and of an instance for all the containers of instances
   * there; one that does not is not waited for without end.
   */
  private boolean isHeardOf(String node) {
    if (heard.contains(node)) {
      return true;
    }
    Instant there = since.getOrDefault(node, begun);
    Optional<KnownEngine> engine =
        facts.find(FactKind.ENGINE, node, FactKind.ONLY).map(fact -> new KnownEngine(fact.json()));
    boolean isHeardOf =
        isPast(there, settings.hearing())
            || engine.isPresent() && (!engine.get().isReachable() || isAllTold(node));
    if (isHeardOf) {
      heard.add(node);
    }
    return isHeardOf;
  }

  private boolean isAllTold(String node) {
    try {
      return fleet.known(node).stream()
          .map(container -> container.tenant().labels())
          .filter(this::isOurs)
          .allMatch(labels -> facts.find(Instance.FACT, node, factId(labels)).isPresent());
    } catch (NotFound e) {
      return true;
    }
  }

  private boolean isOurs(Map<String, String> labels) {
    return fleet.herd().equals(labels.get(AppLabel.HERD))
        && labels.containsKey(AppLabel.APP)
        && labels.containsKey(AppLabel.INSTANCE);
  }

  private static String factId(Map<String, String> labels) {
    return labels.get(AppLabel.APP) + "#" + labels.get(AppLabel.INSTANCE);
  }

  /** The labels of the containers of an app, wherever they are. */
  List<Map<String, String>> containersOf(AppPath path) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Member node : members.nodes()) {
      try {
        for (KnownContainer container : fleet.known(node.name())) {
          Map<String, String> labels = container.tenant().labels();
          if (isOurs(labels) && path.value().equals(labels.get(AppLabel.APP))) {
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
    return new Ground(loads, all.drained(), all.known(), newcomers(), all.mayReplace());
  }

  private void occupy(List<NodeLoad> loads, Instance instance) {
    book.revision(instance.path(), instance.revision())
        .map(revision -> PodDemand.of(revision, instance.id().slot()))
        .ifPresent(
            demand ->
                loads.replaceAll(
                    load -> load.node().equals(instance.node()) ? load.plus(demand) : load));
  }

  private Set<String> newcomers() {
    Set<String> newcomers = new HashSet<>();
    since.forEach(
        (node, there) -> {
          if (!isPast(there, settings.returning())) {
            newcomers.add(node);
          }
        });
    return newcomers;
  }

  /** Nodes that are there, and whose engines have been out of reach for too long. */
  Set<String> lostEngines() {
    Set<String> lost = new HashSet<>();
    for (Member node : members.nodes()) {
      boolean isAway =
          facts
              .find(FactKind.ENGINE, node.name(), FactKind.ONLY)
              .map(fact -> !new KnownEngine(fact.json()).isReachable())
              .orElse(false);
      if (!isAway) {
        engineAway.remove(node.name());
      } else if (isPast(
          engineAway.computeIfAbsent(node.name(), name -> clock.instant()),
          settings.engineGrace())) {
        lost.add(node.name());
      }
    }
    return lost;
  }

  /** The names of the nodes that are there. */
  Set<String> present() {
    Set<String> present = new HashSet<>();
    members.nodes().forEach(node -> present.add(node.name()));
    return present;
  }

  /** Why no instance of an app is started just now, whatever node there may be for it. */
  Optional<String> missing(App app, AppConfig config) {
    return returning(app).or(() -> Prerequisites.missing(app, config, this::others));
  }

  /** After a power cut nodes come one by one: the first must not begin what the others bring. */
  private Optional<String> returning(App app) {
    boolean isOld = app.version().stamp().isBefore(begun);
    if (!isOld || isPast(begun, settings.returning())) {
      return Optional.empty();
    }
    List<String> awaited =
        known.absent().stream().map(KnownNode::name).filter(node -> !seen.contains(node)).toList();
    return awaited.isEmpty()
        ? Optional.empty()
        : Optional.of("waits a moment for nodes that were here before: " + awaited);
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

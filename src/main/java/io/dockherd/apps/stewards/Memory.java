package io.dockherd.apps.stewards;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the steward of an app remembers from one look to the next. All of it may be forgotten: then
 * the next one only waits a little longer than need be. Used by one thread at a time, but for
 * {@link #onTheirWay}.
 */
final class Memory {
  /** How long facts may take to show what a node has taken on. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  /** How long a node that has refused an instance is not asked again. */
  private static final Duration REFUSED = Duration.ofSeconds(20);

  private final AppPath path;
  private final Map<InstanceId, Asked> asked = new ConcurrentHashMap<>();
  private final Map<String, Refusal> refusals = new HashMap<>();
  private final Map<InstanceId, Well> wellSince = new HashMap<>();
  private final Set<InstanceId> trusted = new HashSet<>();
  private final Map<InstanceId, InstanceId> moves = new HashMap<>();
  private Object refusedFor = List.of();
  private Noticed failure = Noticed.NOTHING;
  private Noticed rollout = Noticed.NOTHING;

  /** What somebody has told of, and when we first saw it. */
  private record Noticed(Object what, Instant at) {
    private static final Noticed NOTHING = new Noticed(List.of(), Instant.EPOCH);

    Noticed next(Object told, Instant now) {
      return told.equals(what) ? this : new Noticed(told, now);
    }
  }

  /**
   * An order that facts don't show yet.
   *
   * @param standIn the instance as it will be when they do
   * @param until after which it is taken for lost; {@link Instant#MAX} while it is under way
   */
  private record Asked(Instance standIn, boolean isClearing, Instant until) {}

  /**
   * Since when an instance has been well.
   *
   * @param saidMillis what its node says; another one after each time it was not
   * @param since by this node's clock
   */
  private record Well(long saidMillis, long since) {
    Well and(Well later) {
      boolean isTheSame = saidMillis == later.saidMillis;
      return isTheSame ? new Well(saidMillis, Math.min(since, later.since)) : later;
    }
  }

  private record Refusal(String reason, Instant until) {}

  Memory(AppPath path) {
    this.path = path;
  }

  /** Whether a step of that instance is under way or has just been done. */
  boolean isAsked(InstanceId id) {
    return asked.containsKey(id);
  }

  void asks(Step.Run run, Instant now) {
    asks(standIn(run.id(), run.node(), run.revision(), Phase.STAGING, now), false);
  }

  void asks(Step.Stop stop, Instant now) {
    asks(standIn(stop.id(), stop.node(), stop.revision(), Phase.STOPPING, now), false);
  }

  void asks(Step.Clear clear, Instance ended) {
    asks(ended, true);
  }

  private void asks(Instance standIn, boolean isClearing) {
    asked.put(standIn.id(), new Asked(standIn, isClearing, Instant.MAX));
  }

  private Instance standIn(
      InstanceId id, String node, RevisionId revision, Phase phase, Instant now) {
    return new Instance(
        path,
        id,
        revision,
        node,
        phase,
        false,
        "",
        now.toEpochMilli(),
        0,
        0,
        0,
        List.of(),
        Map.of(),
        0,
        List.of(),
        "",
        Optional.empty());
  }

  /** The node has taken it on, or may have. */
  void answered(InstanceId id, Instant now) {
    asked.computeIfPresent(
        id, (key, it) -> new Asked(it.standIn(), it.isClearing(), now.plus(SHOWN_WITHIN)));
  }

  /** The node has not. */
  void refused(InstanceId id) {
    asked.remove(id);
  }

  void refuses(String node, String reason, Instant now) {
    refusals.put(node, new Refusal(reason, now.plus(REFUSED)));
  }

  Map<String, String> refusals(Instant now) {
    refusals.values().removeIf(refusal -> !now.isBefore(refusal.until()));
    Map<String, String> reasons = new TreeMap<>();
    refusals.forEach((node, refusal) -> reasons.put(node, refusal.reason()));
    return reasons;
  }

  /** What nodes said of another revision, or to another herd, they may say no more. */
  void begin(RevisionId wanted, Instant changed) {
    Object now = List.of(wanted, changed);
    if (!now.equals(refusedFor)) {
      refusedFor = now;
      refusals.clear();
    }
  }

  void moves(Map<InstanceId, InstanceId> more) {
    moves.putAll(more);
  }

  Map<InstanceId, InstanceId> moves() {
    return Map.copyOf(moves);
  }

  /**
   * The same, its rollout begun when this steward first saw it: the clock of whoever began it may
   * be wrong by any time.
   */
  App byOurClock(App app, Instant now) {
    if (app.rollout().isEmpty()) {
      return app;
    }
    Rollout change = app.rollout().get();
    rollout = rollout.next(List.of(change.id(), change.started()), now);
    return app.with(change.since(rollout.at()));
  }

  /** The same, the last failure noted no later than this steward saw that it was. */
  Outcomes byOurClock(Outcomes outcomes, Instant now) {
    Outcomes.Row row = outcomes.row();
    failure = failure.next(row.atMillis(), now);
    return outcomes.with(row.at(Math.min(row.atMillis(), failure.at().toEpochMilli())));
  }

  /** Whether it has been well for long enough to be trusted while this steward looked. */
  boolean wasWell(InstanceId id) {
    return trusted.contains(id);
  }

  /** Those that a node has been asked to run and of which no fact tells yet. */
  List<Instance> onTheirWay() {
    if (asked.isEmpty()) {
      return List.of();
    }
    return asked.values().stream()
        .map(Asked::standIn)
        .filter(one -> one.phase() == Phase.STAGING)
        .toList();
  }

  /**
   * The instances as they will be when facts show all that has been asked for; when they became
   * well is by this node's clock.
   *
   * @param told what facts show
   * @param present the nodes that are there
   * @param monitor how long one has to be well to be trusted
   */
  List<Instance> instances(
      List<Instance> told, Set<String> present, Duration monitor, Instant now) {
    Map<InstanceId, Instance> byId = new TreeMap<>();
    for (Instance instance : told) {
      byId.put(instance.id(), byOurClock(instance, monitor, now));
    }
    asked
        .values()
        .removeIf(
            it ->
                !present.contains(it.standIn().node())
                    || now.isAfter(it.until())
                    || isShown(it, byId.get(it.standIn().id())));
    asked
        .values()
        .forEach(
            it ->
                byId.merge(it.standIn().id(), it.standIn(), (shown, ours) -> merged(shown, ours)));
    wellSince.keySet().retainAll(byId.keySet());
    trusted.retainAll(byId.keySet());
    moves.keySet().retainAll(byId.keySet());
    moves.values().removeIf(id -> !byId.containsKey(id) || !byId.get(id).phase().isLive());
    return new ArrayList<>(byId.values());
  }

  /** Of those {@link #instances} that facts show, not only orders. */
  static List<Instance> shown(List<Instance> told, List<Instance> instances) {
    Set<InstanceId> ids = new HashSet<>();
    told.forEach(one -> ids.add(one.id()));
    return instances.stream().filter(one -> ids.contains(one.id())).toList();
  }

  /** One that is told to stop is as good as stopping; one that is to run is what facts say. */
  private static Instance merged(Instance shown, Instance ours) {
    return ours.phase() == Phase.STOPPING && shown.phase().isLive() ? ours : shown;
  }

  private static boolean isShown(Asked asked, Instance told) {
    if (asked.until().equals(Instant.MAX)) {
      return false;
    }
    return asked.standIn().phase() == Phase.STAGING
        ? told != null
        : told == null || !asked.isClearing() && told.phase() == Phase.STOPPING;
  }

  private Instance byOurClock(Instance instance, Duration monitor, Instant now) {
    boolean isUp = instance.phase() == Phase.RUNNING && instance.isHealthy();
    if (!isUp) {
      wellSince.remove(instance.id());
      return instance;
    }
    // At least so long, by what its node has measured, if not by what we have seen ourselves.
    Well told = new Well(instance.wellMillis(), now.toEpochMilli() - instance.wellForMillis());
    Well well = wellSince.merge(instance.id(), told, Well::and);
    if (now.toEpochMilli() - well.since() >= monitor.toMillis()) {
      trusted.add(instance.id());
    }
    return instance.wellSince(well.since());
  }
}

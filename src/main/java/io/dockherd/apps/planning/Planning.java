package io.dockherd.apps.planning;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.Rollout;
import io.dockherd.scheduling.NodeLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One answer of the {@link Planner}, on its way. */
final class Planning {
  private final Planner planner;
  private final Situation situation;
  private final App app;
  private final Census census;
  private final Revision target;
  private final Optional<Everywhere> everywhere;
  private final int wanted;
  private final Placing placing;
  private final Starting starting;
  private final List<Step> steps = new ArrayList<>();
  private final Set<InstanceId> stopped = new HashSet<>();

  Planning(Planner planner, Situation situation) {
    this.planner = planner;
    this.situation = situation;
    app = situation.app();
    census = Census.of(situation);
    target = situation.revisions().get(app.revision());
    everywhere =
        target.config().isGlobal()
            ? Optional.of(Everywhere.of(situation, planner.scheduler()))
            : Optional.empty();
    wanted =
        everywhere
            .map(nodes -> nodes.wanted().size())
            .orElse(Math.max(0, app.instances() - census.held().size() - census.done().size()));
    placing =
        new Placing(
            planner.scheduler(),
            situation,
            census.staying(),
            stillCounting(),
            Starting.onTheirWay(situation.instances()));
    starting = new Starting(census, placing, planner.random());
  }

  /** Those about to go, but for what leaves a drained node: its place is free already. */
  private List<Instance> stillCounting() {
    List<Instance> counting = new ArrayList<>(census.outdated());
    census.displaced().stream()
        .filter(one -> !situation.ground().drained().contains(one.node()))
        .forEach(counting::add);
    return counting;
  }

  Planned plan() {
    clear();
    Optional<Step> verdict = Verdict.of(situation, Math.max(1, wanted));
    if (verdict.isPresent()) {
      steps.add(verdict.get());
      return new Planned(new Plan(steps, Optional.empty()), Map.of(), Set.of());
    }
    List<Instance> outgoing = new ArrayList<>(census.outdated());
    outgoing.addAll(census.displaced());
    List<Instance> staying = leaveUnwanted(outgoing);
    new Replacing(this, staying, outgoing).go();
    steps.addAll(starting.steps());
    everywhere.ifPresent(
        nodes ->
            starting.waits(
                nodes.reasons().size(),
                Instant.EPOCH,
                "not every node can take one",
                nodes.reasons()));
    Map<InstanceId, InstanceId> moves = Map.of();
    if (steps.isEmpty() && starting.waiting().filter(this::isBlocking).isEmpty()) {
      if (app.rollout().isPresent()) {
        settle();
      } else {
        moves = new Balancing(planner, situation, census, target, placing, starting).moves();
        steps.addAll(starting.steps());
      }
    }
    return new Planned(new Plan(steps, starting.waiting()), moves, census.left());
  }

  /** What a global app waits for may never come, and is nobody's fault. */
  private boolean isBlocking(Waiting waiting) {
    return everywhere.isEmpty() || !waiting.nodes().equals(everywhere.get().reasons());
  }

  /** What has ended, but for the finished work of a job, which people may want to look at. */
  private void clear() {
    for (Instance instance : census.ended()) {
      boolean isWork =
          instance.phase() == Phase.FINISHED
              && target.config().kind() == Kind.JOB
              && instance.revision().equals(target.id());
      if (!isWork) {
        steps.add(new Step.Clear(app.path(), instance.id(), instance.node()));
      }
    }
  }

  /**
   * Stops those that nobody takes the place of: more than are asked for, or on a node a global app
   * is not for.
   *
   * @param outgoing less those of them
   * @return those that stay
   */
  private List<Instance> leaveUnwanted(List<Instance> outgoing) {
    List<Instance> staying = new ArrayList<>(census.staying());
    if (everywhere.isPresent()) {
      leaveNodes(staying);
      leaveNodes(outgoing);
    } else if (staying.size() > wanted) {
      leaveSurplus(staying, staying.size() - wanted);
    }
    staying.removeIf(one -> stopped.contains(one.id()));
    outgoing.removeIf(one -> stopped.contains(one.id()));
    return staying;
  }

  /** Those of a global app that are where it is not to be, or where another one is. */
  private void leaveNodes(List<Instance> instances) {
    Set<String> wantedNodes = everywhere.orElseThrow().wanted();
    Set<String> taken = new HashSet<>();
    instances.stream()
        .sorted(Ranking.keeping(app))
        .filter(one -> !wantedNodes.contains(one.node()) || !taken.add(one.node()))
        .forEach(one -> stop(one, "one is enough, where the app is to be", true));
  }

  private void leaveSurplus(List<Instance> staying, int surplus) {
    if (app.rollout().isPresent()) {
      Ranking.leaving(situation, staying, surplus).forEach(one -> stop(one, "scaled down", true));
      return;
    }
    long up = staying.stream().filter(Census::isUp).count();
    for (Instance one : Ranking.surplus(app, staying, surplus)) {
      // One that works stays until those that are to stay do, too.
      if (!Census.isUp(one) || up > wanted) {
        up -= Census.isUp(one) ? 1 : 0;
        stop(one, "there are too many", true);
      }
    }
  }

  void stop(Instance instance, String reason, boolean isForGood) {
    stopped.add(instance.id());
    steps.add(
        new Step.Stop(
            app.path(), instance.id(), instance.revision(), instance.node(), reason, isForGood));
  }

  /** Whether all is as it is to be, now that there is nothing left to be done. */
  private void settle() {
    boolean isThrough =
        census.staying().size() >= wanted
            && census.outdated().isEmpty()
            && census.displaced().isEmpty()
            && census.stopping().isEmpty()
            && census.staying().stream().allMatch(this::isSettled);
    if (isThrough) {
      steps.add(new Step.Settle(app.path()));
    }
  }

  private boolean isSettled(Instance instance) {
    boolean isOfNow = instance.revision().equals(target.id()) || app.isHalfway();
    return isOfNow && census.isWell(instance, target.config().update().monitor());
  }

  /** What new instances are of: of a paused rollout, of what was through before. */
  Revision incoming() {
    boolean isPaused = app.rollout().filter(change -> !change.isRunning()).isPresent();
    return isPaused ? filler() : target;
  }

  /**
   * What fills a gap that is no part of a rollout's work: the last revision that was through, for
   * the new one has not proved itself; unless that has just failed, too.
   */
  Revision filler() {
    boolean isProving = app.rollout().filter(it -> it.kind() != Rollout.Kind.START).isPresent();
    return app.stable()
        .filter(stable -> isProving)
        .map(situation.revisions()::get)
        .filter(stable -> situation.outcomes().row().countOf(stable.id()) == 0)
        .orElse(target);
  }

  /** Where a global app lacks one; anywhere for another. */
  Function<NodeLoad, Optional<String>> places(boolean besideOld, List<Instance> outgoing) {
    if (everywhere.isEmpty()) {
      return isAtHome() && !outgoing.isEmpty() ? beside(outgoing) : load -> Optional.empty();
    }
    return load -> {
      boolean isOld =
          situation.instances().stream()
              .filter(
                  one ->
                      one.phase() == Phase.STOPPING
                          || stopped.contains(one.id())
                          || outgoing.contains(one))
              .anyMatch(one -> one.node().equals(load.node()));
      return !everywhere.get().wanted().contains(load.node())
          ? Optional.of("the app is not for this node")
          : placing.on(load.node()) > 0
              ? Optional.of("has an instance already")
              : isOld && !besideOld
                  ? Optional.of("an old instance is still there")
                  : Optional.empty();
    };
  }

  private boolean isAtHome() {
    return target.config().onSplit() == OnSplit.STAY && !census.isInPlace();
  }

  /** An app that stays with its nodes does so over a change, too. */
  private static Function<NodeLoad, Optional<String>> beside(List<Instance> outgoing) {
    return load ->
        outgoing.stream().anyMatch(one -> one.node().equals(load.node()))
            ? Optional.empty()
            : Optional.of("the app stays on its nodes");
  }

  AppConfig config() {
    return target.config();
  }

  Revision target() {
    return target;
  }

  Situation situation() {
    return situation;
  }

  Census census() {
    return census;
  }

  Starting starting() {
    return starting;
  }

  Placing placing() {
    return placing;
  }

  int wanted() {
    return wanted;
  }

  int stoppedSoFar() {
    return stopped.size();
  }

  boolean isGlobal() {
    return everywhere.isPresent();
  }
}

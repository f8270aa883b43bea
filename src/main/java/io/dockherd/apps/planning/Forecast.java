package io.dockherd.apps.planning;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.Rollout;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plan comes to when every node does at once what it is told. */
public final class Forecast {
  /** A plan that has not come to an end after so many rounds is told as far as it goes. */
  private static final int ROUNDS = 1000;

  private Forecast() {}

  /** All steps until the app is what it is to be or waits, and the situation it is in then. */
  public record Course(Plan plan, Situation end) {}

  /** The course from here on. */
  public static Course of(Planner planner, Situation start) {
    List<Step> steps = new ArrayList<>();
    Situation situation = start;
    Optional<Waiting> waiting = Optional.empty();
    for (int round = 0; round < ROUNDS; round++) {
      Planned planned = planner.plan(situation);
      steps.addAll(planned.plan().steps());
      waiting = planned.plan().waiting();
      boolean isOver =
          planned.plan().steps().isEmpty() && (waiting.isPresent() || isAtRest(situation))
              || planned.plan().steps().stream().anyMatch(Forecast::isFailure);
      if (isOver) {
        break;
      }
      situation = after(situation, planned);
    }
    return new Course(new Plan(steps, waiting), situation);
  }

  /** What comes then is somebody's decision, or another rollout. */
  private static boolean isFailure(Step step) {
    return switch (step) {
      case Step.Pause pause -> true;
      case Step.RollBack back -> true;
      case Step.Run run -> false;
      case Step.Stop stop -> false;
      case Step.Clear clear -> false;
      case Step.Settle settle -> false;
    };
  }

  private static boolean isAtRest(Situation situation) {
    Census census = Census.of(situation);
    return situation.app().rollout().filter(Rollout::isRunning).isEmpty()
        && census.outdated().isEmpty()
        && census.displaced().isEmpty();
  }

  /** The situation once all steps are done and have had the time to count. */
  static Situation after(Situation situation, Planned planned) {
    UpdatePolicy policy = situation.config().update();
    Instant later = situation.now().plus(policy.monitor()).plus(policy.delay()).plusMillis(1);
    App app = situation.app();
    List<Instance> instances = new ArrayList<>(situation.instances());
    List<NodeLoad> loads = new ArrayList<>(situation.ground().loads());
    for (Step step : planned.plan().steps()) {
      switch (step) {
        case Step.Run run -> {
          Revision revision = situation.revisions().get(run.revision());
          instances.add(running(run, revision, situation.now()));
          Demand demand = labelled(PodDemand.of(revision, run.id().slot()), run.id());
          loads.replaceAll(it -> it.node().equals(run.node()) ? it.plus(demand) : it);
        }
        case Step.Stop stop -> {
          instances.removeIf(one -> one.id().equals(stop.id()));
          loads.replaceAll(
              it -> it.node().equals(stop.node()) ? without(it, stop.path(), stop.id()) : it);
        }
        case Step.Clear clear -> instances.removeIf(one -> one.id().equals(clear.id()));
        case Step.Settle settle -> app = app.settled();
        case Step.Pause pause -> {}
        case Step.RollBack back -> {}
      }
    }
    Situation.Ground ground = situation.ground();
    return new Situation(
        app,
        situation.revisions(),
        instances,
        situation.lost(),
        situation.outcomes(),
        new Situation.Ground(
            loads, ground.drained(), ground.known(), ground.newcomers(), ground.mayReplace()),
        situation.missing(),
        situation.refusals(),
        planned.moves().isEmpty() ? situation.moves() : planned.moves(),
        later);
  }

  private static Instance running(Step.Run run, Revision revision, Instant now) {
    long millis = now.toEpochMilli();
    boolean isJob = revision.config().kind() == Kind.JOB;
    return new Instance(
        run.path(),
        run.id(),
        run.revision(),
        run.node(),
        isJob ? Phase.FINISHED : Phase.RUNNING,
        !isJob,
        "",
        millis,
        millis,
        millis,
        0,
        List.of(),
        Map.of("forecast", ""),
        0,
        List.of(),
        "",
        Optional.empty());
  }

  private static Demand labelled(Demand demand, InstanceId id) {
    Tenant tenant = demand.newcomer();
    String path = tenant.labels().get(AppLabel.APP);
    Map<String, String> labels = Map.of(AppLabel.APP, path, AppLabel.INSTANCE, id.toString());
    return new Demand(
        demand.subject(),
        demand.memoryBytes(),
        new Tenant("", tenant.names(), labels, tenant.needs(), false),
        demand.rules(),
        demand.wishes(),
        demand.excluded());
  }

  /** A node when an instance has gone from it. */
  static NodeLoad without(NodeLoad load, AppPath path, InstanceId id) {
    Contents there = load.contents();
    List<Tenant> left = there.tenants().stream().filter(it -> !isOf(it, path, id)).toList();
    int gone = there.tenants().size() - left.size();
    int fewer = Math.min(gone, load.containers());
    return new NodeLoad(
        load.node(),
        load.engineId(),
        load.unavailable(),
        load.containers() - fewer,
        Math.max(0, load.pending() - (gone - fewer)),
        load.cpus(),
        load.load(),
        load.memoryTotalBytes(),
        load.memoryFreeBytes(),
        load.labels(),
        Contents.of(left, there.images(), there.volumes(), there.networks()));
  }

  private static boolean isOf(Tenant tenant, AppPath path, InstanceId id) {
    return id.toString().equals(tenant.labels().get(AppLabel.INSTANCE))
        && path.value().equals(tenant.labels().get(AppLabel.APP));
  }
}

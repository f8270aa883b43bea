package io.dockherd.doors.marathon.events;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts what happens to apps in Marathon's words. Told of one thing after the other. */
final class EventWords {
  /** Rollouts of several apps end together: ids of so many that have ended are remembered. */
  private static final int REMEMBERED = 1_000;

  private final Apps apps;
  private final InstanceWords instances;
  private final DeploymentPlan plans;
  private final Endings endings = new Endings();
  private final Set<String> ended = new LinkedHashSet<>();

  EventWords(Apps apps) {
    this.apps = apps;
    this.instances = new InstanceWords(apps, endings);
    this.plans = new DeploymentPlan(apps);
  }

  /** Takes note of what is there already. */
  void look() {
    apps.under("/").forEach(view -> view.instances().forEach(endings::isThere));
  }

  /** What is told of an event. */
  List<Word> of(AppEvent event) {
    return switch (event) {
      case AppEvent.Changed changed -> List.of(changed(changed.now()));
      case AppEvent.Deleted deleted -> deleted(deleted.before());
      case AppEvent.RolloutBegan began -> began(began.path(), began.rollout());
      case AppEvent.RolloutSucceeded through -> succeeded(through.path(), through.rollout());
      case AppEvent.RolloutFailed failed ->
          failed(failed.path(), failed.rollout(), failed.reason());
      case AppEvent.InstanceMoved moved -> {
        endings.isThere(moved.now());
        yield instances.moved(moved.now());
      }
      case AppEvent.HealthChanged changed -> instances.health(changed.now());
      case AppEvent.CheckFailed failed -> instances.checkFailed(failed.now(), failed.check());
      case AppEvent.InstanceFailed failed -> instances.failed(failed.failure());
      case AppEvent.InstanceGone gone -> gone(gone);
      case AppEvent.Contradicted contradicted ->
          List.of(contradicted(contradicted.winner(), contradicted.loser()));
    };
  }

  private static Word changed(App app) {
    return new Word(
        "group_change_success",
        new JsonObject().put("groupId", app.path().group()).put("version", app.version().text()));
  }

  private static Word contradicted(App winner, App loser) {
    return new Word(
        "group_change_failed",
        new JsonObject()
            .put("groupId", loser.path().group())
            .put("version", loser.version().text())
            .put(
                "reason",
                "while the herd was split, the other side made "
                    + loser.path()
                    + " what it is to be now, version "
                    + winner.version().text()));
  }

  private List<Word> began(AppPath path, Rollout rollout) {
    ended.remove(rollout.id());
    ShownDeployment deployment = ShownDeployment.of(path, rollout);
    return List.of(
        new Word(
            "deployment_info",
            new JsonObject()
                .put("plan", plans.of(deployment, path, rollout))
                .put("currentStep", deployment.currentStep())));
  }

  /** The deployment is through when no other app of it is still changing. */
  private List<Word> succeeded(AppPath path, Rollout rollout) {
    ShownDeployment deployment = ShownDeployment.of(path, rollout);
    JsonObject plan = plans.of(deployment, path, rollout);
    List<Word> words = new ArrayList<>();
    words.add(
        new Word(
            "deployment_step_success",
            new JsonObject().put("plan", plan).put("currentStep", deployment.currentStep())));
    boolean isLast =
        apps.changing().stream()
            .flatMap(app -> app.rollout().stream())
            .noneMatch(other -> other.id().equals(rollout.id()));
    if (isLast && isFirstEnd(rollout.id())) {
      words.add(
          new Word(
              "deployment_success", new JsonObject().put("id", rollout.id()).put("plan", plan)));
    }
    return words;
  }

  private List<Word> failed(AppPath path, Rollout rollout, String reason) {
    if (!isFirstEnd(rollout.id())) {
      return List.of();
    }
    ShownDeployment deployment = ShownDeployment.of(path, rollout);
    JsonObject plan = plans.of(deployment, path, rollout);
    return List.of(
        new Word(
            "deployment_step_failure",
            new JsonObject().put("plan", plan).put("currentStep", deployment.currentStep())),
        new Word(
            "deployment_failed",
            new JsonObject().put("id", rollout.id()).put("plan", plan).put("reason", reason)));
  }

  private boolean isFirstEnd(String id) {
    if (ended.size() >= REMEMBERED) {
      ended.remove(ended.iterator().next());
    }
    return ended.add(id);
  }

  private List<Word> deleted(App app) {
    List<Word> words = new ArrayList<>();
    words.add(changed(app));
    ShownDeployment deployment = ShownDeployment.ofEnd(app);
    words.add(
        new Word(
            "deployment_info",
            new JsonObject()
                .put("plan", plans.ofEnd(deployment, app))
                .put("currentStep", deployment.currentStep())));
    endings.begin(app).ifPresent(over -> words.addAll(over(over)));
    return words;
  }

  private List<Word> gone(AppEvent.InstanceGone gone) {
    List<Word> words = new ArrayList<>(instances.gone(gone.last(), gone.isLost()));
    Optional<App> over = endings.isGone(gone.last());
    over.ifPresent(app -> words.addAll(over(app)));
    return words;
  }

  /** The last instance of a deleted app has gone. */
  private List<Word> over(App app) {
    ShownDeployment deployment = ShownDeployment.ofEnd(app);
    JsonObject plan = plans.ofEnd(deployment, app);
    return List.of(
        new Word("app_terminated_event", new JsonObject().put("appId", app.path().value())),
        new Word(
            "deployment_step_success",
            new JsonObject().put("plan", plan).put("currentStep", deployment.currentStep())),
        new Word(
            "deployment_success", new JsonObject().put("id", deployment.id()).put("plan", plan)));
  }
}

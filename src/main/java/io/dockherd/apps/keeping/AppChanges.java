package io.dockherd.apps.keeping;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has happened, read from what was and what is. Pure. */
final class AppChanges {
  private AppChanges() {}

  /** From one state of an app's record to the next one that is known. */
  static List<AppEvent> of(Optional<App> before, Optional<App> now) {
    List<AppEvent> events = new ArrayList<>();
    if (now.isEmpty()) {
      before.ifPresent(app -> deleted(app, events));
      return events;
    }
    App app = now.get();
    Optional<Rollout> old = before.flatMap(App::rollout);
    old.filter(change -> isEnded(change, app))
        .map(change -> end(change, app))
        .ifPresent(events::add);
    if (before.map(it -> !it.version().equals(app.version())).orElse(true)) {
      events.add(new AppEvent.Changed(app.path(), app, before));
    }
    app.rollout().ifPresent(change -> state(app, change, old, events));
    return events;
  }

  private static void deleted(App app, List<AppEvent> events) {
    app.rollout()
        .filter(Rollout::isRunning)
        .ifPresent(
            change ->
                events.add(new AppEvent.RolloutFailed(app.path(), change, "the app is deleted")));
    events.add(new AppEvent.Deleted(app.path(), app));
  }

  private static boolean isEnded(Rollout old, App app) {
    return app.rollout().filter(change -> change.id().equals(old.id())).isEmpty();
  }

  private static AppEvent end(Rollout old, App app) {
    if (app.rollout().isPresent()) {
      String reason = app.rollout().get().message();
      return new AppEvent.RolloutFailed(
          app.path(), old, reason.isEmpty() ? "another change takes its place" : reason);
    }
    boolean isThrough = app.version().equals(old.to()) && !app.isHalfway();
    return isThrough
        ? new AppEvent.RolloutSucceeded(app.path(), old)
        : new AppEvent.RolloutFailed(app.path(), old, "it was ended where it stood");
  }

  private static void state(App app, Rollout now, Optional<Rollout> before, List<AppEvent> events) {
    boolean wasRunning =
        before.filter(old -> old.id().equals(now.id()) && old.isRunning()).isPresent();
    if (now.isRunning() && !wasRunning) {
      events.add(new AppEvent.RolloutBegan(app.path(), now));
    } else if (!now.isRunning() && wasRunning) {
      events.add(new AppEvent.RolloutFailed(app.path(), now, now.message()));
    }
  }

  /** From one state of an instance to the next. */
  static List<AppEvent> of(Optional<Instance> before, Instance now) {
    List<AppEvent> events = new ArrayList<>();
    if (before.filter(old -> old.phase() == now.phase()).isEmpty()) {
      events.add(new AppEvent.InstanceMoved(now.path(), now, before));
    }
    checks(before.map(Instance::checks).orElseGet(List::of), now, events);
    if (before.map(old -> old.isHealthy() != now.isHealthy()).orElse(now.isHealthy())) {
      events.add(new AppEvent.HealthChanged(now.path(), now));
    }
    if (before.filter(old -> old.phase() == Instance.Phase.FAILED).isEmpty()
        && now.phase() == Instance.Phase.FAILED) {
      now.failure().ifPresent(why -> events.add(new AppEvent.InstanceFailed(now.path(), why)));
    }
    return events;
  }

  /** Each that has failed since: of several times in between the last is told. */
  private static void checks(List<CheckResult> before, Instance now, List<AppEvent> events) {
    for (int i = 0; i < now.checks().size(); i++) {
      long last = i < before.size() ? before.get(i).lastFailureMillis() : 0;
      if (now.checks().get(i).lastFailureMillis() > last) {
        events.add(new AppEvent.CheckFailed(now.path(), now, i));
      }
    }
  }
}

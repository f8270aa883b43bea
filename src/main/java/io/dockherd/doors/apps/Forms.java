package io.dockherd.doors.apps;

import io.dockherd.apps.AppView;
import io.dockherd.apps.Change;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.Rollout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How apps, changes and plans are shown.
 *
 * <pre>
 * {"path":"/shop/web","kind":"service","global":false,"revision":"7-ab12cd34","stable":"6-99aa00bb",
 *  "instances":3,"running":3,"healthy":2,"version":"2026-11-28T09:00:00.123Z",
 *  "rollout":{"id":"…","kind":"update","state":"running","startedMillis":…,"message":""},
 *  "waiting":{…},"lastFailure":{…},"failures":0,"present":[{"node":"host-1",…}],"config":{…}}</pre>
 */
final class Forms {
  private Forms() {}

  /** An app as it stands, without its configuration. */
  static JsonObject view(AppView view) {
    App app = view.app();
    List<Instance> live =
        view.instances().stream().filter(instance -> instance.phase().isLive()).toList();
    JsonObject json =
        new JsonObject()
            .put("path", app.path().value())
            .put("kind", word(view.revision().config().kind()))
            .put("global", view.revision().config().isGlobal())
            .put("labels", labels(view))
            .put("revision", app.revision().toString())
            .put("instances", app.instances())
            .put(
                "running", live.stream().filter(it -> it.phase() == Instance.Phase.RUNNING).count())
            .put("healthy", live.stream().filter(Instance::isHealthy).count())
            .put("version", app.version().text());
    app.stable().ifPresent(id -> json.put("stable", id.toString()));
    app.rollout().ifPresent(rollout -> json.put("rollout", rollout(rollout)));
    view.waiting().ifPresent(waiting -> json.put("waiting", waiting.json()));
    json.put("failures", view.failures());
    view.lastFailure().ifPresent(failure -> json.put("lastFailure", failure.json()));
    JsonArray present = new JsonArray();
    view.instances().stream()
        .sorted(Comparator.comparing(Instance::id))
        .forEach(it -> present.add(it.json().put("node", it.node())));
    return json.put("present", present);
  }

  private static JsonObject labels(AppView view) {
    JsonObject labels = new JsonObject();
    view.revision().config().labels().forEach(labels::put);
    return labels;
  }

  /** The same with its configuration. */
  static JsonObject whole(AppView view) {
    return view(view).put("config", config(view.revision()));
  }

  /** A configuration, but for what secrets hold. */
  static JsonObject config(Revision revision) {
    JsonObject config = revision.config().json();
    for (Object container :
        config.getJsonObject("pod").getJsonArray("containers", new JsonArray())) {
      for (Object file : ((JsonObject) container).getJsonArray("files", new JsonArray())) {
        JsonObject shown = (JsonObject) file;
        if (shown.getBoolean("secret", false)) {
          shown.remove("content");
        }
      }
    }
    return config;
  }

  static JsonObject rollout(Rollout rollout) {
    return new JsonObject()
        .put("id", rollout.id())
        .put("kind", word(rollout.kind()))
        .put("state", word(rollout.state()))
        .put("from", version(rollout.from()))
        .put("to", version(rollout.to()))
        .put("startedMillis", rollout.started().toEpochMilli())
        .put("message", rollout.message());
  }

  static JsonObject version(AppVersion version) {
    return new JsonObject()
        .put("version", version.text())
        .put("revision", version.revision().toString())
        .put("instances", version.instances())
        .put("who", version.who());
  }

  /** {@code {"rollout":"…","nothing":false,"apps":{"/shop/web":{…}}}}. */
  static JsonObject change(Change change) {
    JsonObject apps = new JsonObject();
    change.versions().forEach((path, version) -> apps.put(path.value(), version(version)));
    return new JsonObject()
        .put("rollout", change.rolloutId())
        .put("nothing", change.isNothing())
        .put("apps", apps);
  }

  /** {@code {"steps":[{"kind":"run","path":"/shop/web",…,"words":"run …"}],"waiting":{…}}}. */
  static JsonObject plan(Plan plan) {
    JsonArray steps = new JsonArray();
    plan.steps().forEach(step -> steps.add(step(step)));
    JsonObject json = new JsonObject().put("steps", steps);
    plan.waiting().ifPresent(waiting -> json.put("waiting", waiting.json()));
    return json;
  }

  private static JsonObject step(Step step) {
    JsonObject json = new JsonObject().put("path", step.path().value()).put("words", step.words());
    return switch (step) {
      case Step.Run it ->
          json.put("kind", "run")
              .put("instance", it.id().toString())
              .put("revision", it.revision().toString())
              .put("node", it.node())
              .put("reason", it.reason());
      case Step.Stop it ->
          json.put("kind", "stop")
              .put("instance", it.id().toString())
              .put("revision", it.revision().toString())
              .put("node", it.node())
              .put("reason", it.reason());
      case Step.Clear it ->
          json.put("kind", "clear").put("instance", it.id().toString()).put("node", it.node());
      case Step.Settle it -> json.put("kind", "settle");
      case Step.Pause it -> json.put("kind", "pause").put("reason", it.reason());
      case Step.RollBack it ->
          json.put("kind", "roll-back").put("to", it.to().toString()).put("reason", it.reason());
    };
  }

  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

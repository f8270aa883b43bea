package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.doors.Reply;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is done to one app. */
record AppChangeEndpoints(Apps apps) {
  private static final String APPS = "/v1/apps";

  AppChangeEndpoints {
    Objects.requireNonNull(apps, "apps");
  }

  List<Route> routes() {
    return List.of(
        Route.change("PUT", APPS, "", AppVerbs.PUT, this::put).withDryRun(),
        Route.change("DELETE", APPS, "", AppVerbs.DELETE, this::delete),
        Route.change("POST", APPS, "scale", AppVerbs.SCALE, this::scale),
        Route.change("POST", APPS, "restart", AppVerbs.RESTART, this::restart),
        Route.change("POST", APPS, "rollback", AppVerbs.ROLLBACK, this::rollBack),
        Route.change("POST", APPS, "resume", AppVerbs.RESUME, this::resume),
        Route.change("POST", APPS, "cancel", AppVerbs.CANCEL, this::cancel),
        Route.change("POST", APPS, "kill", AppVerbs.KILL, this::kill));
  }

  private Reply put(AppsCall call) {
    JsonObject body = call.json();
    String said = body.getString("path", call.subject());
    if (!AppPath.of(said).equals(call.app())) {
      throw new Invalid(said, "the body is about " + said + ", not " + call.subject(), "");
    }
    List<Wanted> wanted = List.of(KnownKeys.wanted(body.copy().put("path", call.subject())));
    return call.isDryRun()
        ? Replies.json(Forms.plan(apps.preview(wanted, List.of())))
        : Replies.changed(apps.put(wanted, call.options()));
  }

  private Reply delete(AppsCall call) {
    return Replies.changed(apps.delete(List.of(call.app()), call.options()));
  }

  private Reply scale(AppsCall call) {
    return Replies.changed(apps.scale(call.app(), instances(call.json()), call.options()));
  }

  private static int instances(JsonObject body) {
    if (body.getValue("instances") instanceof Integer count && count >= 0) {
      return count;
    }
    throw new Invalid(
        "instances", "instances has to be a number that is not negative", "{\"instances\":3}");
  }

  private Reply restart(AppsCall call) {
    return Replies.changed(apps.restart(call.app(), call.options()));
  }

  /** To the one that is named; else to the one before, as it was in use last. */
  private Reply rollBack(AppsCall call) {
    AppPath path = call.app();
    AppView view = apps.find(path).orElseThrow(() -> AppEndpoints.missing(path));
    RevisionId to =
        call.json().getValue("to") instanceof String id
            ? RevisionId.of(id)
            : view.app().versions().stream()
                .map(AppVersion::revision)
                .filter(id -> !id.equals(view.app().revision()))
                .findFirst()
                .orElseThrow(
                    () -> new Conflict(path.value(), path + " never had another revision", ""));
    return Replies.changed(apps.rollBack(path, to, call.options()));
  }

  private Reply resume(AppsCall call) {
    return Replies.changed(apps.resume(call.app(), call.options()));
  }

  /** The whole rollout, with the other apps that are part of it. */
  private Reply cancel(AppsCall call) {
    AppPath path = call.app();
    AppView view = apps.find(path).orElseThrow(() -> AppEndpoints.missing(path));
    String id =
        view.app()
            .rollout()
            .orElseThrow(
                () -> new Conflict(path.value(), "no rollout of " + path + " is under way", ""))
            .id();
    apps.changing().stream()
        .filter(app -> app.rollout().filter(it -> it.id().equals(id)).isPresent())
        .forEach(app -> call.admit(app.path()));
    return Replies.changed(apps.cancel(id, call.query().isOn("force"), call.options()));
  }

  private Reply kill(AppsCall call) {
    JsonObject body = call.json();
    Set<InstanceId> which = new LinkedHashSet<>();
    if (body.getValue("instances") instanceof JsonArray all) {
      all.forEach(id -> which.add(InstanceId.of(String.valueOf(id))));
    }
    if (which.isEmpty()) {
      throw new Invalid("instances", "no instance is named", "{\"instances\":[\"3-k2x9qa0b\"]}");
    }
    boolean isScaling = Boolean.TRUE.equals(body.getValue("scale"));
    JsonArray told = new JsonArray();
    for (Instance one : apps.kill(call.app(), which, isScaling, call.options())) {
      told.add(one.id().toString());
    }
    return Replies.json(new JsonObject().put("killed", told));
  }
}

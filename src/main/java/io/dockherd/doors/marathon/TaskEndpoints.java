package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.EndpointTable;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.answers.ShownTask;
import io.dockherd.doors.marathon.definition.NotValid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tasks: those of an app, and all of them. */
record TaskEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/tasks", AppVerbs.LIST, this::all),
        Route.changeWithin("POST", "/v2/tasks/delete", AppVerbs.KILL, this::killMany),
        Route.read("GET", "/v2/apps/{id}/tasks", AppVerbs.INSPECT, this::ofApp),
        Route.change("DELETE", "/v2/apps/{id}/tasks", AppVerbs.KILL, this::killOfApp),
        Route.change("DELETE", "/v2/apps/{id}/tasks/{task}", AppVerbs.KILL, this::killOne));
  }

  private Reply all(MarathonCall call) {
    List<ShownApp> apps = marathon.under("/");
    if (isText(call)) {
      return Replies.text(EndpointTable.of(apps));
    }
    Set<String> states =
        Stream.of("status", "status[]")
            .flatMap(name -> call.query().texts(name).stream())
            .map(state -> state.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Predicate<ShownTask> isAsked =
        task ->
            states.isEmpty()
                || states.contains("running") && task.isRunning()
                || states.contains("staging") && task.isStaged();
    return told(apps.stream().flatMap(app -> ShownTask.of(app).stream()).filter(isAsked).toList());
  }

  /** As of old: text where a caller wants that and not JSON. */
  private static boolean isText(MarathonCall call) {
    return call.accepts("text/plain") && !call.accepts("json");
  }

  private Reply ofApp(MarathonCall call) {
    ShownApp app = marathon.app(call.app());
    return isText(call) ? Replies.text(EndpointTable.of(List.of(app))) : told(ShownTask.of(app));
  }

  private static Reply told(List<ShownTask> tasks) {
    return Replies.json(new JsonObject().put("tasks", json(tasks)));
  }

  private static JsonArray json(List<ShownTask> tasks) {
    return new JsonArray(tasks.stream().map(ShownTask::json).toList());
  }

  private Reply killOfApp(MarathonCall call) {
    ShownApp app = marathon.app(call.app());
    String host = call.query().text("host");
    List<ShownTask> those =
        ShownTask.of(app).stream()
            .filter(
                task ->
                    host.isEmpty()
                        || host.equals("*")
                        || host.equals(task.instance().host())
                        || host.equals(task.instance().node()))
            .toList();
    Manner manner = Manner.of(call);
    List<ShownTask> killed = kill(call, app, those, manner);
    return manner.isScaling() ? scaled(app.path()) : told(killed);
  }

  private Reply killOne(MarathonCall call) {
    ShownApp app = marathon.app(call.app());
    String id = call.names().get("task");
    ShownTask task =
        ShownTask.of(app).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> MarathonError.noTask(id));
    Manner manner = Manner.of(call);
    kill(call, app, List.of(task), manner);
    return manner.isScaling()
        ? scaled(app.path())
        : Replies.json(new JsonObject().put("task", task.json()));
  }

  /** Of any apps; ids nobody knows are skipped. */
  private Reply killMany(MarathonCall call) {
    Manner manner = Manner.of(call);
    Set<String> ids = ids(call.json());
    Map<ShownApp, List<ShownTask>> doomed = new LinkedHashMap<>();
    for (ShownApp app : marathon.under("/")) {
      List<ShownTask> those =
          ShownTask.of(app).stream().filter(task -> ids.contains(task.id())).toList();
      if (!those.isEmpty()) {
        doomed.put(app, those);
      }
    }
    List<AppPath> apps = doomed.keySet().stream().map(ShownApp::path).toList();
    call.admit(apps);
    List<ShownTask> killed = new ArrayList<>();
    doomed.forEach((app, those) -> killed.addAll(kill(call, app, those, manner)));
    return manner.isScaling() && !apps.isEmpty() ? scaled(apps.getLast()) : told(killed);
  }

  private static Set<String> ids(JsonObject said) {
    if (said.getValue("ids") instanceof JsonArray ids
        && ids.stream().allMatch(String.class::isInstance)) {
      return ids.stream().map(String.class::cast).collect(Collectors.toSet());
    }
    throw NotValid.rule("/ids", "error.expected.jsarray");
  }

  /** Nobody keeps more of a task than its container, so that there is nothing more to wipe. */
  private record Manner(boolean isScaling, boolean isForced) {
    static Manner of(MarathonCall call) {
      boolean isScaling = call.isOn("scale", false);
      if (isScaling && call.isOn("wipe", false)) {
        throw MarathonError.of(400, "You cannot use scale and wipe at the same time.");
      }
      return new Manner(isScaling, call.isOn("force", false));
    }
  }

  private List<ShownTask> kill(
      MarathonCall call, ShownApp app, List<ShownTask> those, Manner manner) {
    if (those.isEmpty()) {
      return List.of();
    }
    Set<InstanceId> which =
        those.stream().map(task -> task.instance().id()).collect(Collectors.toSet());
    ChangeOptions options = marathon.options(call, manner.isForced());
    List<Instance> killed =
        marathon.changing(
            List.of(app.path()),
            () -> marathon.apps().kill(app.path(), which, manner.isScaling(), options));
    return killed.stream().map(one -> new ShownTask(app, one)).toList();
  }

  private Reply scaled(AppPath path) {
    String version = marathon.app(path).version();
    String id =
        marathon.rollout(path).map(Rollout::id).orElseGet(() -> throughAlready(path, version));
    return Replies.changed(200, version, id);
  }

  /** A deployment that is through when it is answered: nobody can find it under any id. */
  private static String throughAlready(AppPath path, String version) {
    byte[] name = (path + "@" + version).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }
}

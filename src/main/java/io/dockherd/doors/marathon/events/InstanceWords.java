package io.dockherd.doors.marathon.events;

import io.dockherd.apps.Apps;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.answers.ShownTask;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to instances, in Marathon's words: twice each, as of old and as of late. */
record InstanceWords(Apps apps, Endings endings) {
  List<Word> moved(Instance now) {
    String message = now.failure().map(InstanceFailure::message).orElse(now.message());
    return status(now, ShownTask.state(now.phase()), message);
  }

  /** Whoever has failed or finished has been told of; the others are told to have ended now. */
  List<Word> gone(Instance last, boolean isLost) {
    boolean isToldOf = last.phase() == Phase.FAILED || last.phase() == Phase.FINISHED;
    if (isToldOf) {
      return List.of();
    }
    return isLost
        ? status(last, "TASK_LOST", "node " + last.node() + " has gone")
        : status(last, "TASK_KILLED", last.message());
  }

  private List<Word> status(Instance instance, String status, String message) {
    JsonArray ports = new JsonArray(ports(instance));
    String version = version(instance.path(), instance.revision());
    return List.of(
        new Word(
            "status_update_event",
            new JsonObject()
                .put("slaveId", instance.node())
                .put("taskId", instance.taskId())
                .put("taskStatus", status)
                .put("message", message)
                .put("appId", instance.path().value())
                .put("host", instance.host())
                .put("ipAddresses", ShownTask.addresses(instance.host()))
                .put("ports", ports)
                .put("version", version)),
        new Word(
            "instance_changed_event",
            new JsonObject()
                .put("instanceId", instance.taskId())
                .put("condition", condition(status))
                .put("runSpecId", instance.path().value())
                .put("agentId", instance.node())
                .put("host", instance.host())
                .put("runSpecVersion", version)));
  }

  /** {@code TASK_RUNNING} is {@code Running}. */
  private static String condition(String status) {
    String word = status.substring("TASK_".length());
    return word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT);
  }

  private List<Integer> ports(Instance instance) {
    return apps.find(instance.path())
        .map(view -> new ShownTask(ShownApp.of(view), instance).ports())
        .orElse(instance.ports());
  }

  /** Without a check there is nothing to be told of: it is well because it runs. */
  List<Word> health(Instance now) {
    if (now.checks().isEmpty()) {
      return List.of();
    }
    String version = version(now.path(), now.revision());
    return List.of(
        new Word(
            "health_status_changed_event",
            new JsonObject()
                .put("appId", now.path().value())
                .put("instanceId", now.taskId())
                .put("taskId", now.taskId())
                .put("version", version)
                .put("alive", now.isHealthy())),
        new Word(
            "instance_health_changed_event",
            new JsonObject()
                .put("instanceId", now.taskId())
                .put("runSpecId", now.path().value())
                .put("runSpecVersion", version)
                .put("healthy", now.isHealthy())));
  }

  /** Only where the app still says which check it was. */
  List<Word> checkFailed(Instance now, int check) {
    return check(now, check)
        .map(
            definition ->
                new Word(
                    "failed_health_check_event",
                    new JsonObject()
                        .put("appId", now.path().value())
                        .put("taskId", now.taskId())
                        .put("instanceId", now.taskId())
                        .put("healthCheck", definition)))
        .stream()
        .toList();
  }

  private Optional<JsonObject> check(Instance now, int check) {
    try {
      JsonArray all =
          ShownApp.healthChecks(now.path(), apps.revision(now.path(), now.revision()).config());
      return check < all.size() ? Optional.of(all.getJsonObject(check)) : Optional.empty();
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** The status says the rest. */
  List<Word> failed(InstanceFailure failure) {
    if (failure.reason() != InstanceFailure.Reason.UNHEALTHY) {
      return List.of();
    }
    String task = Instance.taskId(failure.path(), failure.id());
    JsonObject kill =
        new JsonObject()
            .put("appId", failure.path().value())
            .put("taskId", task)
            .put("instanceId", task)
            .put("version", version(failure.path(), failure.revision()))
            .put("reason", failure.message())
            .put("host", failure.host())
            .put("slaveId", failure.node());
    return List.of(
        new Word("unhealthy_task_kill_event", kill),
        new Word("unhealthy_instance_kill_event", kill.copy()));
  }

  /** The version in which the app first was so; "" when nobody knows any more. */
  private String version(AppPath path, RevisionId revision) {
    Optional<App> app = apps.find(path).map(view -> view.app()).or(() -> endings.ending(path));
    return app.stream()
        .flatMap(it -> it.versions().reversed().stream())
        .filter(version -> version.revision().equals(revision))
        .findFirst()
        .map(AppVersion::text)
        .orElse("");
  }
}

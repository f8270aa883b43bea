package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.doors.marathon.translation.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** An instance as Marathon shows it: a task. */
public record ShownTask(ShownApp app, Instance instance) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** The tasks of an app: those that have ended for good are not among them. */
  public static List<ShownTask> of(ShownApp app) {
    return app.view().instances().stream()
        .filter(one -> one.phase().isLive() || one.phase() == Phase.STOPPING)
        .map(one -> new ShownTask(app, one))
        .toList();
  }

  /** Its id. */
  public String id() {
    return instance.taskId();
  }

  /** The state of an instance. */
  public static String state(Phase phase) {
    return switch (phase) {
      case STAGING -> "TASK_STAGING";
      case STARTING -> "TASK_STARTING";
      case RUNNING -> "TASK_RUNNING";
      case STOPPING -> "TASK_KILLING";
      case FAILED -> "TASK_FAILED";
      case FINISHED -> "TASK_FINISHED";
    };
  }

  /** The state an instance has failed in. */
  public static String state(InstanceFailure failure) {
    return failure.reason() == InstanceFailure.Reason.LOST ? "TASK_LOST" : "TASK_FAILED";
  }

  /** Whether it runs. */
  public boolean isRunning() {
    return instance.phase() == Phase.RUNNING;
  }

  /** Whether it does not run yet. */
  public boolean isStaged() {
    return instance.phase() == Phase.STAGING || instance.phase() == Phase.STARTING;
  }

  /** Whether all checks say that it is well. */
  public boolean isHealthy() {
    return hasResults() && instance.checks().stream().allMatch(CheckResult::isAlive);
  }

  /** Whether a check says that it is not. */
  public boolean isUnhealthy() {
    return hasResults() && !isHealthy();
  }

  private boolean hasResults() {
    return instance.checks().stream()
        .anyMatch(check -> check.firstSuccessMillis() > 0 || check.lastFailureMillis() > 0);
  }

  /** Its ports on the host, in the app's order. */
  public List<Integer> ports() {
    return Ports.of(app.document()).onHost(instance.ports());
  }

  /** As in lists. */
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("id", id())
            .put("appId", app.id())
            .put("host", instance.host())
            .put("slaveId", instance.node())
            .put("state", state(instance.phase()))
            .put("ports", new JsonArray(ports()))
            .put("servicePorts", app.servicePorts())
            .put("ipAddresses", addresses(instance.host()))
            .put("stagedAt", text(instance.stagedMillis()));
    if (instance.startedMillis() > 0) {
      json.put("startedAt", text(instance.startedMillis()));
    }
    JsonArray results = new JsonArray();
    instance.checks().forEach(check -> results.add(result(check)));
    return json.put("version", app.version(instance.revision()))
        .put("healthCheckResults", results)
        .put("localVolumes", new JsonArray())
        .put("role", "*");
  }

  /** The address others reach it by. */
  public static JsonArray addresses(String host) {
    JsonArray addresses = new JsonArray();
    if (IPV4.matcher(host).matches()) {
      addresses.add(new JsonObject().put("ipAddress", host).put("protocol", "IPv4"));
    }
    return addresses;
  }

  private JsonObject result(CheckResult check) {
    JsonObject json =
        new JsonObject()
            .put("alive", check.isAlive())
            .put("consecutiveFailures", check.consecutiveFailures());
    putTime(json, "firstSuccess", check.firstSuccessMillis());
    putTime(json, "lastSuccess", check.lastSuccessMillis());
    putTime(json, "lastFailure", check.lastFailureMillis());
    if (!check.lastFailureCause().isEmpty()) {
      json.put("lastFailureCause", check.lastFailureCause());
    }
    return json.put("instanceId", id()).put("taskId", id());
  }

  private static void putTime(JsonObject json, String field, long millis) {
    if (millis > 0) {
      json.put(field, text(millis));
    }
  }

  /** Why the last of an app's tasks that failed has failed. */
  public static JsonObject failure(ShownApp app, InstanceFailure failure) {
    String lines = String.join("\n", failure.lastLines());
    return new JsonObject()
        .put("appId", app.id())
        .put("host", failure.host())
        .put(
            "message",
            lines.isEmpty() ? failure.message() : failure.message() + "; last lines:\n" + lines)
        .put("state", state(failure))
        .put("taskId", Instance.taskId(failure.path(), failure.id()))
        .put("timestamp", text(failure.atMillis()))
        .put("version", app.version(failure.revision()))
        .put("slaveId", failure.node());
  }

  private static String text(long millis) {
    return AppVersion.text(Instant.ofEpochMilli(millis));
  }
}

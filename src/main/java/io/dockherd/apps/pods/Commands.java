package io.dockherd.apps.pods;

import io.dockherd.apps.model.Hook;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Runs commands in containers of this node's engine. */
final class Commands {
  private static final Duration CALL = Duration.ofSeconds(60);

  /** Of what a command says. */
  private static final int MOST_LINES = 20;

  private final Fleet fleet;

  Commands(Fleet fleet) {
    this.fleet = fleet;
  }

  /** What came of a command. */
  record Said(int exitCode, String output) {}

  /** Runs a command in a running container. */
  Said run(String id, Hook hook, Duration limit) {
    return run(prepare(id, hook), limit);
  }

  /** Has a command ready to be run in a running container, once; its own id. */
  String prepare(String id, Hook hook) {
    JsonObject order =
        new JsonObject()
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Cmd", new JsonArray(hook.command()))
            .put("Privileged", hook.isPrivileged());
    if (!hook.user().isEmpty()) {
      order.put("User", hook.user());
    }
    if (!hook.workingDirectory().isEmpty()) {
      order.put("WorkingDir", hook.workingDirectory());
    }
    if (!hook.environment().isEmpty()) {
      JsonArray environment = new JsonArray();
      hook.environment().forEach((name, value) -> environment.add(name + "=" + value));
      order.put("Env", environment);
    }
    return PodEngine.check(
            fleet,
            fleet.local().call(EngineRequest.post(CALL, "containers", id, "exec").json(order)))
        .body()
        .toJsonObject()
        .getString("Id");
  }

  /**
   * Runs it.
   *
   * @throws io.dockherd.failure.TimedOut when it has not ended in time: it goes on
   */
  Said run(String exec, Duration limit) {
    EngineRequest start =
        EngineRequest.post(limit, "exec", exec, "start")
            .json(new JsonObject().put("Detach", false).put("Tty", false));
    String output;
    try (EngineStream stream = fleet.local().stream(start)) {
      output = String.join("\n", Tail.of(stream, limit, MOST_LINES));
    }
    JsonObject ended =
        PodEngine.check(fleet, fleet.local().call(EngineRequest.get(CALL, "exec", exec, "json")))
            .body()
            .toJsonObject();
    return new Said(
        ended.getValue("ExitCode") instanceof Number code ? code.intValue() : -1, output.strip());
  }

  /** Whether a command that was run is at work still. */
  boolean isAtWork(String exec) {
    EngineResponse response = fleet.local().call(EngineRequest.get(CALL, "exec", exec, "json"));
    return response.status() != 404
        && Boolean.TRUE.equals(
            PodEngine.check(fleet, response).body().toJsonObject().getValue("Running"));
  }
}

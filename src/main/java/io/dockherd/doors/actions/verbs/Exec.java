package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a command in a running container and answers with what it wrote and its exit code. */
final class Exec {
  static final Field<List<String>> COMMAND =
      Field.texts("cmd", "the command and its arguments; a single string runs in sh");

  static final Field<List<String>> ENV = Field.texts("env", "more environment, as NAME=value");
  static final Field<String> USER = Field.text("user", "as whom, as name or uid:gid");
  static final Field<String> WORKING_DIR = Field.text("workingDir", "in which directory");
  static final Field<Boolean> PRIVILEGED = Field.flag("privileged", "with all capabilities");

  private Exec() {}

  static Action action(Whereabouts whereabouts) {
    return new ContainerAction(
        List.of("exec-container", "exec"),
        true,
        Limit.CHANGING,
        List.of(COMMAND, ENV, USER, WORKING_DIR, PRIVILEGED),
        whereabouts,
        Exec::run);
  }

  private static Reply run(Fleet.Located container, ActionRequest request) {
    Host host = container.host();
    EngineResponse made =
        host.call(EngineCalls.about(container, request, "POST", "exec").json(order(request)));
    if (!made.isSuccess()) {
      return Reply.of(made, host.node());
    }
    String id = made.body().toJsonObject().getString("Id");
    EngineRequest start =
        EngineCalls.of(request, "POST", "exec", id, "start")
            .json(new JsonObject().put("Detach", false).put("Tty", false));
    try (EngineStream stream = host.stream(start)) {
      BodyReader.Text text =
          new BodyReader(stream.body(), host.node()).all(Logs.MOST_BYTES, request.deadline());
      if (stream.status() >= 400) {
        return Reply.of(
            new EngineResponse(stream.status(), stream.headers(), text.bytes()), host.node());
      }
      return new Reply(
          200,
          Envelope.ofText(
              200,
              stream.headers(),
              Output.text(text.bytes()),
              host.node(),
              ending(host, request, id, text.isCut())));
    }
  }

  private static Map<String, Object> ending(
      Host host, ActionRequest request, String id, boolean isCut) {
    Map<String, Object> more = new LinkedHashMap<>();
    EngineResponse inspected = host.call(EngineCalls.of(request, "GET", "exec", id, "json"));
    if (inspected.isSuccess()) {
      JsonObject state = inspected.body().toJsonObject();
      if (state.getValue("ExitCode") != null && !state.getBoolean("Running", false)) {
        more.put("exitCode", state.getValue("ExitCode"));
      }
    }
    if (isCut) {
      more.put("truncated", true);
    }
    return more;
  }

  private static JsonObject order(ActionRequest request) {
    request.need(COMMAND);
    boolean isShell = request.json().getValue(COMMAND.name()) instanceof CharSequence;
    JsonArray command = new JsonArray();
    if (isShell) {
      command.add("sh").add("-c");
    }
    request.need(COMMAND).forEach(command::add);
    JsonObject order =
        new JsonObject()
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Cmd", command)
            .put("Privileged", request.is(PRIVILEGED));
    request.get(ENV).ifPresent(env -> order.put("Env", new JsonArray(List.copyOf(env))));
    request.get(USER).ifPresent(user -> order.put("User", user));
    request.get(WORKING_DIR).ifPresent(directory -> order.put("WorkingDir", directory));
    return order;
  }
}

package io.dockherd.doors.actions.verbs;

import static io.dockherd.doors.actions.verbs.EngineCalls.about;
import static io.dockherd.doors.actions.verbs.EngineCalls.envelope;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Fleet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The actions on one container that are one call, or two, to its engine. */
final class ContainerActions {
  static final Field<Long> GRACE =
      Field.whole(
          "timeout", 0, 86_400, "seconds to stop by itself before it is killed; usually 10");

  private static final Pattern SIGNALS = Pattern.compile("[A-Za-z0-9+-]{1,16}");

  static final Field<String> SIGNAL =
      Field.of(
          "signal",
          "a signal's name or number",
          "which signal; usually KILL",
          value -> Optional.of(value.toString()).filter(text -> SIGNALS.matcher(text).matches()));

  static final Field<Boolean> FORCE = Field.flag("force", "kill it first if it runs");
  static final Field<Boolean> VOLUMES = Field.flag("volumes", "remove its anonymous volumes too");
  static final Field<String> NAME = Field.text("name", "the new name");
  static final Field<String> PS_ARGS = Field.text("ps_args", "arguments for ps, as -ef");

  static final Field<Boolean> ONE_SHOT =
      Field.flag(
          "oneShot", "one sample at once (usual); false waits for two, to tell a rate of use");

  private ContainerActions() {}

  static List<Action> all(Whereabouts whereabouts) {
    return List.of(
        new ContainerAction(
            List.of("start-container", "start"),
            true,
            Limit.CHANGING,
            List.of(),
            whereabouts,
            (container, request) -> post(container, request, "start")),
        new ContainerAction(
            List.of("stop-container", "stop"),
            true,
            Limit.stopping(GRACE),
            List.of(GRACE),
            whereabouts,
            (container, request) -> withGrace(container, request, "stop")),
        new ContainerAction(
            List.of("restart-container", "restart"),
            true,
            Limit.stopping(GRACE),
            List.of(GRACE),
            whereabouts,
            (container, request) -> withGrace(container, request, "restart")),
        new ContainerAction(
            List.of("kill-container", "kill"),
            true,
            Limit.CHANGING,
            List.of(SIGNAL),
            whereabouts,
            ContainerActions::kill),
        new ContainerAction(
            List.of("pause-container", "pause"),
            true,
            Limit.CHANGING,
            List.of(),
            whereabouts,
            (container, request) -> post(container, request, "pause")),
        new ContainerAction(
            List.of("unpause-container", "unpause"),
            true,
            Limit.CHANGING,
            List.of(),
            whereabouts,
            (container, request) -> post(container, request, "unpause")),
        new ContainerAction(
            List.of("rename-container", "rename"),
            true,
            Limit.CHANGING,
            List.of(NAME),
            whereabouts,
            (container, request) -> rename(whereabouts, container, request)),
        new ContainerAction(
            List.of("delete-container", "remove-container", "delete", "remove"),
            true,
            Limit.CHANGING,
            List.of(FORCE, VOLUMES),
            whereabouts,
            (container, request) -> envelope(container.host(), delete(container, request))),
        new ContainerAction(
            List.of("shutdown-container", "shutdown"),
            true,
            Limit.stopping(GRACE),
            List.of(GRACE, VOLUMES),
            whereabouts,
            ContainerActions::shutDown),
        new ContainerRead(
            List.of("inspect-container", "inspect"),
            Limit.ASKING,
            List.of(),
            whereabouts,
            (container, request) -> about(container, request, "GET", "json")),
        new ContainerRead(
            List.of("top-container", "top"),
            Limit.ASKING,
            List.of(PS_ARGS),
            whereabouts,
            ContainerActions::top),
        new ContainerRead(
            List.of("stats-container", "stats"),
            Limit.CHANGING,
            List.of(ONE_SHOT),
            whereabouts,
            ContainerActions::stats));
  }

  private static Reply post(Fleet.Located container, ActionRequest request, String what) {
    return envelope(container.host(), about(container, request, "POST", what));
  }

  private static Reply withGrace(Fleet.Located container, ActionRequest request, String what) {
    return envelope(container.host(), graceful(container, request, what));
  }

  private static EngineRequest graceful(
      Fleet.Located container, ActionRequest request, String what) {
    EngineRequest call = about(container, request, "POST", what);
    return request.get(GRACE).map(seconds -> call.query("t", seconds)).orElse(call);
  }

  private static Reply kill(Fleet.Located container, ActionRequest request) {
    EngineRequest call = about(container, request, "POST", "kill");
    return envelope(
        container.host(),
        request.get(SIGNAL).map(signal -> call.query("signal", signal)).orElse(call));
  }

  private static Reply rename(
      Whereabouts whereabouts, Fleet.Located container, ActionRequest request) {
    String name = request.need(NAME);
    whereabouts.checkFree(name, container);
    return envelope(
        container.host(), about(container, request, "POST", "rename").query("name", name));
  }

  private static EngineRequest delete(Fleet.Located container, ActionRequest request) {
    EngineRequest call = about(container, request, "DELETE");
    if (request.is(FORCE)) {
      call = call.query("force", true);
    }
    return request.is(VOLUMES) ? call.query("v", true) : call;
  }

  /** Stops it with its grace, then removes it. A stop that is refused ends it there. */
  private static Reply shutDown(Fleet.Located container, ActionRequest request) {
    EngineResponse stopped = container.host().call(graceful(container, request, "stop"));
    return stopped.status() >= 400
        ? Reply.of(stopped, container.host().node())
        : envelope(container.host(), delete(container, request));
  }

  private static EngineRequest top(Fleet.Located container, ActionRequest request) {
    EngineRequest call = about(container, request, "GET", "top");
    return request.get(PS_ARGS).map(args -> call.query("ps_args", args)).orElse(call);
  }

  private static EngineRequest stats(Fleet.Located container, ActionRequest request) {
    EngineRequest call = about(container, request, "GET", "stats").query("stream", false);
    boolean oneShot = request.get(ONE_SHOT).orElse(true);
    return oneShot ? call.query("one-shot", true) : call;
  }
}

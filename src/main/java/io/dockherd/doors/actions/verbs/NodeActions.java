package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The actions that ask or tidy up one node's engine or every node's. */
final class NodeActions {
  static final Field<JsonObject> FILTERS =
      Field.object("filters", "the engine's filters, as {\"label\":[\"tier=web\"]}");

  private static final List<String> PRUNABLE =
      List.of("containers", "images", "volumes", "networks");

  private NodeActions() {}

  static List<Action> all(Fleet fleet, Whereabouts whereabouts) {
    List<Action> actions = new java.util.ArrayList<>();
    actions.add(list("images", fleet, whereabouts, "images", "json"));
    actions.add(list("volumes", fleet, whereabouts, "volumes"));
    actions.add(list("networks", fleet, whereabouts, "networks"));
    for (String noun : PRUNABLE) {
      actions.add(prune(noun, fleet, whereabouts));
    }
    return actions;
  }

  private static Action list(String noun, Fleet fleet, Whereabouts whereabouts, String... path) {
    return new NodeAction(
        List.of("list-" + noun),
        noun.substring(0, noun.length() - 1) + ".list",
        false,
        noun,
        Limit.ASKING,
        List.of(FILTERS),
        List.of(),
        fleet,
        whereabouts,
        (host, request) -> ask(host, request, "GET", path));
  }

  private static Action prune(String noun, Fleet fleet, Whereabouts whereabouts) {
    return new NodeAction(
        List.of("prune-" + noun),
        noun.substring(0, noun.length() - 1) + ".prune",
        true,
        noun,
        Limit.PULLING,
        List.of(FILTERS),
        List.of(),
        fleet,
        whereabouts,
        (host, request) -> ask(host, request, "POST", noun, "prune"));
  }

  /** One call with the request's filters. */
  static Reply ask(Host host, ActionRequest request, String method, String... path) {
    EngineRequest call = EngineCalls.of(request, method, path);
    return EngineCalls.envelope(
        host,
        request.get(FILTERS).map(filters -> call.query("filters", filters.encode())).orElse(call));
  }
}

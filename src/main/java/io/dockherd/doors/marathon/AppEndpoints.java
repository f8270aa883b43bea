package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.Embed;
import io.dockherd.doors.marathon.answers.LabelSelector;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.definition.Parts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Looking at apps: {@code GET /v2/apps…}. */
record AppEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/apps", AppVerbs.LIST, this::list),
        Route.read("GET", "/v2/apps/*", AppVerbs.LIST, this::group),
        Route.read("GET", "/v2/apps/{id}/*", AppVerbs.LIST, this::group),
        Route.read("GET", "/v2/apps/{id}", AppVerbs.INSPECT, this::one));
  }

  private Reply list(MarathonCall call) {
    String command = call.query().text("cmd");
    String id = call.query().text("id").toLowerCase(Locale.ROOT);
    String label = call.query().text("label");
    Predicate<Map<String, String>> selector =
        label.isBlank() ? labels -> true : LabelSelector.parse(label);
    Embed embed = Embed.many(call.query().texts("embed"), marathon.clock().instant());
    JsonArray apps = new JsonArray();
    marathon.under("/").stream()
        .filter(app -> app.document().getString("cmd", "").contains(command))
        .filter(app -> app.id().toLowerCase(Locale.ROOT).contains(id))
        .filter(app -> selector.test(Parts.textMap(app.document(), "labels")))
        .forEach(app -> apps.add(embed.json(app)));
    return Replies.json(new JsonObject().put("apps", apps));
  }

  /** All apps of a group; their key is an asterisk, as the path's end is. */
  private Reply group(MarathonCall call) {
    String group = call.subject();
    List<ShownApp> apps = marathon.under(group);
    if (apps.isEmpty() && !group.equals("/")) {
      throw MarathonError.noGroup(group);
    }
    Embed embed = Embed.many(call.query().texts("embed"), marathon.clock().instant());
    return Replies.json(
        new JsonObject().put("*", new JsonArray(apps.stream().map(embed::json).toList())));
  }

  private Reply one(MarathonCall call) {
    Embed embed = Embed.one(call.query().texts("embed"), marathon.clock().instant());
    return Replies.json(new JsonObject().put("app", embed.json(marathon.app(call.app()))));
  }
}

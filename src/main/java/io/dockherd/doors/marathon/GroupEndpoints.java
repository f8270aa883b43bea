package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.Embed;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.dockherd.doors.marathon.answers.ShownGroup;
import io.dockherd.doors.marathon.definition.GroupDefinition;
import io.dockherd.doors.marathon.definition.MarathonId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Groups: what apps have their paths in common. */
record GroupEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/groups", AppVerbs.LIST, this::inspect),
        Route.read("GET", "/v2/groups/versions", AppVerbs.LIST, this::versions),
        Route.read("GET", "/v2/groups/{id}/versions", AppVerbs.LIST, this::versions),
        Route.read("GET", "/v2/groups/{id}", AppVerbs.LIST, this::inspect),
        Route.changeWithin("POST", "/v2/groups", AppVerbs.PUT, this::create).withDryRun(),
        Route.change("POST", "/v2/groups/{id}", AppVerbs.PUT, this::create).withDryRun(),
        Route.changeWithin("PUT", "/v2/groups", AppVerbs.PUT, this::update).withDryRun(),
        Route.change("PUT", "/v2/groups/{id}", AppVerbs.PUT, this::update).withDryRun(),
        Route.change("DELETE", "/v2/groups", AppVerbs.DELETE, this::delete),
        Route.change("DELETE", "/v2/groups/{id}", AppVerbs.DELETE, this::delete));
  }

  /** The apps of a group that is there; the root always is. */
  private List<ShownApp> members(String group) {
    List<ShownApp> apps = marathon.under(group);
    if (apps.isEmpty() && !group.equals("/")) {
      throw MarathonError.noGroup(group);
    }
    return apps;
  }

  private Reply inspect(MarathonCall call) {
    List<String> asked = call.query().texts("embed");
    boolean hasGroups = asked.isEmpty() || asked.contains("group.groups");
    boolean hasApps =
        asked.isEmpty() || asked.stream().anyMatch(what -> what.startsWith("group.apps"));
    ShownGroup group = new ShownGroup(call.subject(), members(call.subject()));
    return Replies.json(
        group.json(hasGroups, hasApps, Embed.grouped(asked, marathon.clock().instant())));
  }

  /** The versions of its apps: a group has none of its own. */
  private Reply versions(MarathonCall call) {
    List<String> versions =
        members(call.subject()).stream()
            .flatMap(app -> app.view().app().versions().stream())
            .map(version -> version.text())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    return Replies.json(new JsonArray(versions));
  }

  private Reply create(MarathonCall call) {
    JsonObject said = call.json();
    String id = id(call, said);
    if (!marathon.under(id).isEmpty()) {
      throw MarathonError.of(
          409, "Group " + id + " is already created. Use PUT to change this group.");
    }
    return change(call, id, said, 201);
  }

  private Reply update(MarathonCall call) {
    JsonObject said = call.json();
    String id = id(call, said);
    return change(call, id, said, marathon.under(id).isEmpty() ? 201 : 200);
  }

  private static String id(MarathonCall call, JsonObject said) {
    boolean isInPath = call.names().containsKey("id");
    return isInPath || !(said.getValue("id") instanceof String id)
        ? call.subject()
        : MarathonId.absolute(id, "/");
  }

  private Reply change(MarathonCall call, String id, JsonObject said, int status) {
    GroupDefinition group = GroupDefinition.of(id, said);
    if (group.scaleBy().isPresent()) {
      members(id);
    }
    if (call.isDryRun()) {
      call.admit(id);
      GroupUpdate update = GroupUpdate.of(marathon, group, Set.of());
      return Replies.json(new JsonObject().put("steps", update.steps(marathon)));
    }
    AtomicReference<GroupUpdate> update = new AtomicReference<>();
    return marathon.choosing(
        group.apps().keySet(),
        taken -> {
          update.set(GroupUpdate.of(marathon, group, taken));
          return update.get().wanted();
        },
        wanted -> apply(call, update.get(), status));
  }

  /** First what is to be there, then without what is not: nothing ends before it is replaced. */
  private Reply apply(MarathonCall call, GroupUpdate update, int status) {
    boolean isForced = call.isOn("force", false);
    ChangeOptions options = marathon.options(call, isForced);
    List<AppPath> paths = update.wanted().stream().map(Wanted::path).toList();
    call.admit(paths);
    call.admit(update.rest());
    if (!isForced) {
      marathon.checkLocks(update.rest());
    }
    Change change = marathon.changing(paths, () -> marathon.apps().put(update.wanted(), options));
    if (!update.rest().isEmpty()) {
      marathon.changing(update.rest(), () -> marathon.apps().delete(update.rest(), options));
    }
    return Replies.changed(status, AppChangeEndpoints.newest(change), change.rolloutId());
  }

  private Reply delete(MarathonCall call) {
    List<ShownApp> apps = members(call.subject());
    ChangeOptions options = marathon.options(call, call.isOn("force", false));
    List<AppPath> paths = apps.stream().map(ShownApp::path).toList();
    call.admit(paths);
    Change change = marathon.changing(paths, () -> marathon.apps().delete(paths, options));
    // Each app's end is a deployment of its own; that of the last one stands for all.
    String id =
        apps.isEmpty()
            ? change.rolloutId()
            : ShownDeployment.ofEnd(apps.getLast().view().app()).id();
    return Replies.changed(200, new ShownGroup(call.subject(), apps).version(), id);
  }
}

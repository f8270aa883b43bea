package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Proposal;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.doors.Reply;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is done to all apps of a group at once. A pod of a whole project is the one app that has the
 * group's own path.
 */
record GroupEndpoints(Apps apps, Remains remains) {
  private static final String GROUPS = "/v1/groups";

  GroupEndpoints {
    Objects.requireNonNull(apps, "apps");
    Objects.requireNonNull(remains, "remains");
  }

  List<Route> routes() {
    return List.of(
        Route.change("PUT", GROUPS, "", AppVerbs.PUT, this::put).withDryRun(),
        Route.read(GROUPS, "remains", true, AppVerbs.LIST, this::remains),
        Route.change("DELETE", GROUPS, "remains", AppVerbs.CLEAR, this::clear),
        Route.change("DELETE", GROUPS, "", AppVerbs.DELETE, this::delete).withDryRun());
  }

  private Reply put(AppsCall call) {
    String group = call.group();
    List<Wanted> wanted = wanted(call.json(), group);
    boolean removes = call.query().isOn("remove");
    if (call.isDryRun()) {
      Plan plan = apps.preview(wanted, Optional.of(group).filter(it -> removes));
      return Replies.json(Forms.plan(plan));
    }
    List<AppPath> gone = removes ? missing(group, wanted) : List.of();
    ChangeOptions options = call.options();
    // An app can't be where a group is: then what goes has to go first.
    List<AppPath> inTheWay =
        gone.stream().filter(path -> wanted.stream().anyMatch(it -> clash(it, path))).toList();
    if (!inTheWay.isEmpty()) {
      apps.delete(inTheWay, options);
    }
    Change change = apps.put(wanted, options);
    List<AppPath> rest = gone.stream().filter(path -> !inTheWay.contains(path)).toList();
    if (rest.isEmpty()) {
      return Replies.changed(
          inTheWay.isEmpty() ? change : new Change(change.rolloutId(), change.versions(), false));
    }
    Change removal = apps.delete(rest, options);
    Map<AppPath, AppVersion> versions = new LinkedHashMap<>(change.versions());
    return Replies.changed(
        new Change(change.rolloutId(), versions, change.isNothing() && removal.isNothing()));
  }

  private static boolean clash(Wanted wanted, AppPath path) {
    return wanted.path().isUnder(path.value()) || path.isUnder(wanted.path().value());
  }

  private static List<Wanted> wanted(JsonObject body, String group) {
    if (!(body.getValue("apps") instanceof JsonArray apps) || apps.isEmpty()) {
      throw new Invalid("apps", "no app is named", "{\"apps\":[{\"path\":…,\"config\":{…}}]}");
    }
    List<Wanted> wanted = new ArrayList<>();
    for (Object app : apps) {
      if (!(app instanceof JsonObject json)) {
        throw new Invalid("apps", "what is wanted is a list of apps", "");
      }
      Wanted one = KnownKeys.wanted(json);
      if (!one.path().isUnder(group) && !one.path().value().equals(group)) {
        throw new Invalid(one.path().value(), one.path() + " is not in the group " + group, "");
      }
      wanted.add(one);
    }
    return wanted;
  }

  /** Those that are there and are not wanted. */
  private List<AppPath> missing(String group, List<Wanted> wanted) {
    List<AppPath> kept = wanted.stream().map(Wanted::path).toList();
    return all(group).stream().filter(path -> !kept.contains(path)).toList();
  }

  private List<AppPath> all(String group) {
    List<AppPath> all = new ArrayList<>();
    if (!group.equals("/")) {
      apps.find(new AppPath(group)).ifPresent(view -> all.add(view.app().path()));
    }
    apps.under(group).stream().map(AppView::app).forEach(app -> all.add(app.path()));
    return all;
  }

  private Reply delete(AppsCall call) {
    List<AppPath> all = all(call.group());
    if (all.isEmpty()) {
      throw new NotFound(call.group(), "there is no app in " + call.group(), "");
    }
    return call.isDryRun()
        ? Replies.json(Forms.plan(apps.preview(new Proposal.Delete(all), call.options())))
        : Replies.changed(apps.delete(all, call.options()));
  }

  private Reply remains(AppsCall call) {
    return Replies.json(remains.of(call.group()).json());
  }

  /** Only of what is down: nobody loses what he uses. */
  private Reply clear(AppsCall call) {
    if (!all(call.group()).isEmpty()) {
      throw new Conflict(call.group(), "there are apps in " + call.group(), "delete them first");
    }
    return Replies.json(remains.clear(call.group(), call.query().isOn("volumes")));
  }
}

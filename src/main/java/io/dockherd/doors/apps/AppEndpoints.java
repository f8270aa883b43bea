package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How apps stand, and what they were. */
record AppEndpoints(Apps apps) {
  private static final String APPS = "/v1/apps";
  private static final String REVISIONS = "/revisions";

  AppEndpoints {
    Objects.requireNonNull(apps, "apps");
  }

  List<Route> routes() {
    return List.of(
        Route.read(APPS, "", false, AppVerbs.LIST, this::list),
        Route.read(APPS, "", true, AppVerbs.INSPECT, this::inspect));
  }

  private Reply list(AppsCall call) {
    String group = call.query().text("group");
    JsonArray all = new JsonArray();
    under(group.isEmpty() ? "/" : group).forEach(view -> all.add(Forms.view(view)));
    return Replies.json(new JsonObject().put("apps", all));
  }

  /** Those in a group, and the one that has its name: a pod of a whole project. */
  private List<AppView> under(String group) {
    if (group.equals("/")) {
      return apps.under("/");
    }
    AppPath path = AppPath.of(group);
    List<AppView> own = apps.find(path).map(List::of).orElseGet(List::of);
    return own.isEmpty() ? apps.under(path.value()) : own;
  }

  private Reply inspect(AppsCall call) {
    AppPath path = call.app();
    if (apps.find(path).isEmpty() && call.subject().endsWith(REVISIONS)) {
      return revisions(call);
    }
    AppView view = apps.find(path).orElseThrow(() -> missing(path));
    Answer answer = Answer.json(200, Forms.whole(view).toBuffer());
    return new Reply.Whole(answer.header("ETag", "\"" + view.app().version().text() + "\""));
  }

  private Reply revisions(AppsCall call) {
    String subject = call.subject();
    AppPath path = new AppPath(subject.substring(0, subject.length() - REVISIONS.length()));
    AppView view = apps.find(path).orElseThrow(() -> missing(path));
    JsonArray versions = new JsonArray();
    Set<RevisionId> ids = new LinkedHashSet<>();
    for (AppVersion version : view.app().versions()) {
      versions.add(Forms.version(version));
      ids.add(version.revision());
    }
    JsonArray revisions = new JsonArray();
    for (RevisionId id : ids) {
      Revision revision = apps.revision(path, id);
      revisions.add(
          new JsonObject()
              .put("revision", id.toString())
              .put("createdMillis", revision.createdMillis())
              .put("who", revision.who())
              .put("config", Forms.config(revision)));
    }
    return Replies.json(new JsonObject().put("versions", versions).put("revisions", revisions));
  }

  static NotFound missing(AppPath path) {
    return new NotFound(path.value(), "there is no app " + path, "");
  }
}

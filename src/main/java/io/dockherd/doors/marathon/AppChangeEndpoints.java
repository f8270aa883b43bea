package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.Embed;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.Definitions;
import io.dockherd.doors.marathon.definition.MarathonId;
import io.dockherd.doors.marathon.definition.Surroundings;
import io.dockherd.doors.marathon.events.EventFeed;
import io.dockherd.doors.marathon.translation.Translation;
import io.dockherd.failure.Conflict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** Making, changing and deleting apps. */
record AppChangeEndpoints(Marathon marathon, EventFeed events) {
  /** Somebody else may change an app between our look at it and our word. */
  private static final int ATTEMPTS = 3;

  List<Route> routes() {
    return List.of(
        Route.changeWithin("POST", "/v2/apps", AppVerbs.PUT, this::create),
        Route.changeWithin("PUT", "/v2/apps", AppVerbs.PUT, call -> many(call, true)),
        Route.changeWithin("PATCH", "/v2/apps", AppVerbs.PUT, call -> many(call, false)),
        Route.change("POST", "/v2/apps/{id}/restart", AppVerbs.RESTART, this::restart),
        Route.change("PUT", "/v2/apps/{id}", AppVerbs.PUT, call -> one(call, true)),
        Route.change("PATCH", "/v2/apps/{id}", AppVerbs.PUT, call -> one(call, false)),
        Route.change("DELETE", "/v2/apps/{id}", AppVerbs.DELETE, this::delete));
  }

  private Reply create(MarathonCall call) {
    Change change = made(call, call.json());
    AppPath path = change.versions().keySet().iterator().next();
    tell(call, path);
    JsonObject body =
        Embed.one(List.of(), marathon.clock().instant())
            .json(marathon.app(path))
            .put(
                "deployments", new JsonArray().add(new JsonObject().put("id", change.rolloutId())));
    return Replies.created(body, "/v2/apps" + path, change.rolloutId());
  }

  private Change made(MarathonCall call, JsonObject said) {
    try {
      return create(call, ports -> Definitions.create(said, Surroundings.of(ports)));
    } catch (Conflict e) {
      if (e.subject().startsWith("/") && marathon.find(new AppPath(e.subject())).isPresent()) {
        throw MarathonError.exists(new AppPath(e.subject()));
      }
      throw e;
    }
  }

  private Change create(MarathonCall call, Function<Set<Integer>, Definition> define) {
    ChangeOptions options =
        marathon.options(call, call.isOn("force", false)).expecting(new Expected.Absent());
    return marathon.choosing(
        List.of(),
        ports -> List.of(wanted(define.apply(ports))),
        wanted -> {
          call.admit(wanted.getFirst().path().value());
          return marathon.apps().put(wanted, options);
        });
  }

  private Reply one(MarathonCall call, boolean mayCreate) {
    AppPath path = call.app();
    JsonObject said = call.json();
    boolean isForced = call.isOn("force", false);
    for (int attempt = 1; ; attempt++) {
      Optional<ShownApp> before = marathon.find(path);
      if (before.isEmpty() && !mayCreate) {
        throw MarathonError.noApp(path);
      }
      try {
        Change change =
            marathon.changing(
                List.of(path), () -> change(call, path, said, before, mayCreate, isForced));
        tell(call, path);
        String version = change.versions().get(path).text();
        return Replies.changed(before.isEmpty() ? 201 : 200, version, change.rolloutId());
      } catch (Conflict e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Change change(
      MarathonCall call,
      AppPath path,
      JsonObject said,
      Optional<ShownApp> before,
      boolean isPut,
      boolean isForced) {
    ChangeOptions options = marathon.options(call, isForced);
    if (before.isEmpty()) {
      return create(
          call, ports -> Definitions.replace(path, said, Optional.empty(), Surroundings.of(ports)));
    }
    AppView view = before.get().view();
    if (AppUpdate.isVersion(said)) {
      AppVersion to = VersionEndpoints.version(before.get(), said.getString("version"));
      return new RollBack(marathon.apps(), view, to).perform(options);
    }
    if (AppUpdate.isScale(said)) {
      return marathon.apps().scale(path, AppUpdate.instances(said), options);
    }
    boolean isPartial = !isPut || call.isOn("partialUpdate", true);
    Expected as = new Expected.At(view.app().version().stamp());
    return marathon.choosing(
        List.of(path),
        ports ->
            List.of(wanted(AppUpdate.of(before.get(), said, isPartial, Surroundings.of(ports)))),
        wanted -> marathon.apps().put(wanted, options.expecting(as)));
  }

  /** Several apps at once, with one deployment. */
  private Reply many(MarathonCall call, boolean mayCreate) {
    List<JsonObject> all = call.list();
    List<AppPath> paths = all.stream().map(AppChangeEndpoints::path).toList();
    boolean isPartial = !mayCreate || call.isOn("partialUpdate", true);
    call.admit(paths);
    // Those of which only the number is said keep their ports, which so are not for the others.
    List<AppPath> own =
        all.stream()
            .filter(said -> !AppUpdate.isScale(said))
            .map(AppChangeEndpoints::path)
            .toList();
    ChangeOptions options = marathon.options(call, call.isOn("force", false));
    Change change =
        marathon.choosing(
            own,
            taken -> {
              Set<Integer> ports = new HashSet<>(taken);
              List<Wanted> wanted = new ArrayList<>();
              for (int i = 0; i < all.size(); i++) {
                Wanted one =
                    wanted(paths.get(i), all.get(i), mayCreate, isPartial, Surroundings.of(ports));
                Choices.addPorts(one, ports);
                wanted.add(one);
              }
              return wanted;
            },
            wanted -> marathon.changing(paths, () -> marathon.apps().put(wanted, options)));
    paths.forEach(path -> tell(call, path));
    return Replies.changed(200, newest(change), change.rolloutId());
  }

  private Wanted wanted(
      AppPath path, JsonObject said, boolean mayCreate, boolean isPartial, Surroundings around) {
    Optional<ShownApp> before = marathon.find(path);
    if (before.isEmpty()) {
      if (!mayCreate) {
        throw MarathonError.noApp(path);
      }
      return wanted(Definitions.replace(path, said, Optional.empty(), around));
    }
    if (AppUpdate.isVersion(said)) {
      AppVersion to = VersionEndpoints.version(before.get(), said.getString("version"));
      return new RollBack(marathon.apps(), before.get().view(), to).wanted();
    }
    if (AppUpdate.isScale(said)) {
      return Wanted.scaled(path, AppUpdate.instances(said));
    }
    return wanted(AppUpdate.of(before.get(), said, isPartial, around));
  }

  private static AppPath path(JsonObject said) {
    return AppUpdate.path(MarathonId.absolute(AppUpdate.id(said), "/"));
  }

  private Reply restart(MarathonCall call) {
    AppPath path = call.app();
    marathon.app(path);
    ChangeOptions options = marathon.options(call, call.isOn("force", false));
    Change change = marathon.changing(List.of(path), () -> marathon.apps().restart(path, options));
    marathon.apps().forgetFailures(path);
    return Replies.changed(200, newest(change), change.rolloutId());
  }

  private Reply delete(MarathonCall call) {
    AppPath path = call.app();
    ShownApp app = marathon.app(path);
    ChangeOptions options = marathon.options(call, call.isOn("force", true));
    marathon.changing(List.of(path), () -> marathon.apps().delete(List.of(path), options));
    return Replies.changed(200, app.version(), ShownDeployment.ofEnd(app.view().app()).id());
  }

  static Wanted wanted(Definition app) {
    return new Wanted(app.path(), Translation.of(app), OptionalInt.of(app.instances()));
  }

  /** The newest version a change has made. */
  static String newest(Change change) {
    return change.versions().values().stream()
        .max(Comparator.comparing(AppVersion::stamp))
        .map(AppVersion::text)
        .orElse("1970-01-01T00:00:00.000Z");
  }

  private void tell(MarathonCall call, AppPath path) {
    marathon
        .find(path)
        .ifPresent(
            app ->
                events.publish(
                    "api_post_event",
                    new JsonObject()
                        .put("clientIp", call.open().who().origin())
                        .put("uri", call.open().path())
                        .put("appDefinition", app.json())));
  }
}

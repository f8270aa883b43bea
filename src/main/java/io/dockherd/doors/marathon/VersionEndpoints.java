package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What an app was: {@code /v2/apps/{id}/versions…}. */
record VersionEndpoints(Marathon marathon) {
  List<Route> routes() {
    return List.of(
        Route.read("GET", "/v2/apps/{id}/versions", AppVerbs.INSPECT, this::list),
        Route.read("GET", "/v2/apps/{id}/versions/{version}", AppVerbs.INSPECT, this::one));
  }

  private Reply list(MarathonCall call) {
    JsonArray versions = new JsonArray();
    marathon
        .app(call.app())
        .view()
        .app()
        .versions()
        .forEach(version -> versions.add(version.text()));
    return Replies.json(new JsonObject().put("versions", versions));
  }

  /** Without a wrapper: the app itself. */
  private Reply one(MarathonCall call) {
    ShownApp app = marathon.app(call.app());
    AppVersion version = version(app, call.names().get("version"));
    return Replies.json(ShownApp.json(app.path(), config(app.path(), version), version));
  }

  private AppConfig config(AppPath path, AppVersion version) {
    try {
      return marathon.apps().revision(path, version.revision()).config();
    } catch (NotFound e) {
      throw MarathonError.noVersion(path, version.text());
    }
  }

  /**
   * The version of that stamp.
   *
   * @throws NotValid when it is none
   */
  static AppVersion version(ShownApp app, String stamp) {
    Instant time = time(stamp);
    return app.view().app().versions().stream()
        .filter(version -> version.stamp().equals(time))
        .findFirst()
        .orElseThrow(() -> MarathonError.noVersion(app.path(), stamp));
  }

  private static Instant time(String stamp) {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(stamp, Instant::from);
    } catch (DateTimeException e) {
      throw NotValid.rule("/version", "'" + stamp + "' is no version: " + e.getMessage());
    }
  }
}

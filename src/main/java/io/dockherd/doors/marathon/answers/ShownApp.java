package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.AppView;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.PortList;
import io.dockherd.doors.marathon.translation.Translation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An app as Marathon shows it.
 *
 * @param document its configuration in the newest form
 */
public record ShownApp(AppView view, JsonObject document) {
  public ShownApp {
    Objects.requireNonNull(view, "view");
    document = document.copy();
  }

  /** That app, whoever wrote it. */
  public static ShownApp of(AppView view) {
    return new ShownApp(view, document(view.app().path(), view.revision().config()));
  }

  private static JsonObject document(AppPath path, AppConfig config) {
    return isOurs(config) ? config.origin().document() : ForeignApp.document(path, config);
  }

  private static boolean isOurs(AppConfig config) {
    return config.origin().dialect().equals(Translation.DIALECT);
  }

  /** Its id. */
  public String id() {
    return path().value();
  }

  /** The same as a path. */
  public AppPath path() {
    return view.app().path();
  }

  /** The version it is to be. */
  public String version() {
    return view.app().version().text();
  }

  /** What it is to be; empty when it was written in another dialect. */
  public Optional<Definition> definition() {
    return isOurs(view.revision().config())
        ? Optional.of(new Definition(path(), document, view.app().instances()))
        : Optional.empty();
  }

  /** How an app that is configured so is checked. */
  public static JsonArray healthChecks(AppPath path, AppConfig config) {
    return document(path, config).getJsonArray("healthChecks", new JsonArray());
  }

  /** The number of service ports, as {@code ports} has them. */
  public JsonArray servicePorts() {
    return PortList.servicePorts(document);
  }

  /** The version tasks of a revision have: that in which the app first was so. */
  public String version(RevisionId revision) {
    List<AppVersion> versions = view.app().versions();
    return versions.reversed().stream()
        .filter(version -> version.revision().equals(revision))
        .findFirst()
        .map(AppVersion::text)
        .orElseGet(this::version);
  }

  /** Its configuration in both the newest form and the older one, with the number and version. */
  public JsonObject json() {
    App app = view.app();
    return json(document, app.version())
        .put(
            "versionInfo",
            new JsonObject()
                .put("lastScalingAt", text(Math.max(app.lastScaledMillis(), first(app))))
                .put("lastConfigChangeAt", text(app.lastConfiguredMillis())));
  }

  /** What a version of the app was. */
  public static JsonObject json(AppPath path, AppConfig config, AppVersion version) {
    return json(document(path, config), version);
  }

  private static JsonObject json(JsonObject document, AppVersion version) {
    JsonObject json =
        new JsonObject().put("id", document.getString("id")).put("instances", version.instances());
    json.mergeIn(document.copy());
    json.put("ports", PortList.servicePorts(document));
    JsonArray uris = new JsonArray();
    document
        .getJsonArray("fetch")
        .forEach(fetch -> uris.add(((JsonObject) fetch).getString("uri")));
    json.put("uris", uris);
    if (json.getValue("container") instanceof JsonObject container
        && container.getValue("docker") instanceof JsonObject docker) {
      docker.put("network", PortList.oldNetwork(document));
      if (container.getValue("portMappings") instanceof JsonArray mappings) {
        docker.put("portMappings", mappings.copy());
      }
    }
    return json.put("version", version.text());
  }

  /** When an app was first there: it has not been scaled since, if it never was. */
  private static long first(App app) {
    return app.versions().getLast().stamp().toEpochMilli();
  }

  private static String text(long millis) {
    return AppVersion.text(Instant.ofEpochMilli(millis));
  }
}

package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A configuration an app has or had. Never changed once it is written, so it is the same whoever
 * reads it; as a record under {@code app-revisions/shop/web@7-ab12cd34}.
 *
 * <pre>
 * {"path":"/shop/web","id":"7-ab12cd34","createdMillis":1774000000000,"who":"local","config":{…}}
 * </pre>
 *
 * @param createdMillis since 1970, by the clock of the node that wrote it
 * @param who wrote it
 */
public record Revision(
    AppPath path, RevisionId id, long createdMillis, String who, AppConfig config) {
  public Revision {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(config, "config");
  }

  /** Reads what {@link #json} wrote. */
  public static Revision of(JsonObject json) {
    return JsonReading.read(
        "revision",
        json,
        it ->
            new Revision(
                new AppPath(it.getString("path")),
                RevisionId.of(it.getString("id")),
                it.getLong("createdMillis", 0L),
                it.getString("who", ""),
                AppConfig.of(it.getJsonObject("config"))));
  }

  /** As it is kept. */
  public JsonObject json() {
    return new JsonObject()
        .put("path", path.value())
        .put("id", id.toString())
        .put("createdMillis", createdMillis)
        .put("who", who)
        .put("config", config.json());
  }
}

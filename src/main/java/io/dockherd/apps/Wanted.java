package io.dockherd.apps;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody wants an app to be.
 *
 * <pre>{"path":"/shop/web","instances":3,"config":{…}}</pre>
 *
 * @param config empty: as it is; then the app has to be there
 * @param instances empty: as many as there are to be already, 1 for a new app
 */
public record Wanted(AppPath path, Optional<AppConfig> config, OptionalInt instances) {
  public Wanted {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(instances, "instances");
    if (instances.isPresent() && instances.getAsInt() < 0) {
      throw new IllegalArgumentException("instances must not be negative");
    }
  }

  /** An app of that configuration. */
  public Wanted(AppPath path, AppConfig config, OptionalInt instances) {
    this(path, Optional.of(config), instances);
  }

  /** So many instances of an app that is to stay as it is otherwise, however that is by then. */
  public static Wanted scaled(AppPath path, int instances) {
    return new Wanted(path, Optional.empty(), OptionalInt.of(instances));
  }

  /**
   * Reads what {@link #json} wrote, or what somebody else did in its form.
   *
   * @throws Invalid when something in it is of a wrong type or out of range
   */
  public static Wanted of(JsonObject json) {
    try {
      String path = json.getString("path");
      JsonObject config = json.getJsonObject("config");
      if (path == null || config == null) {
        throw new Invalid(
            path == null ? "path" : path,
            "what is wanted has a path and a config",
            "write it like {\"path\":\"/shop/web\",\"config\":{…}}");
      }
      Integer instances = json.getInteger("instances");
      if (instances != null && instances < 0) {
        throw new Invalid(path, "instances must not be negative", "");
      }
      return new Wanted(
          AppPath.of(path),
          AppConfig.of(config),
          instances == null ? OptionalInt.empty() : OptionalInt.of(instances));
    } catch (ClassCastException e) {
      throw new Invalid("wanted", "this is no app that is wanted: " + e.getMessage(), "", e);
    }
  }

  /** As it is asked for. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("path", path.value());
    instances.ifPresent(count -> json.put("instances", count));
    config.ifPresent(said -> json.put("config", said.json()));
    return json;
  }
}

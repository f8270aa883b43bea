package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What an app was written as, so that whoever wrote it gets it back as it was.
 *
 * <pre>{"dialect":"marathon","document":{"id":"/shop/web","cmd":"…"}}</pre>
 *
 * @param dialect {@code marathon}, {@code manifest}, {@code compose} or {@code apps}
 * @param document as the dialect reads it, less what is no configuration (the number of instances)
 */
public record Origin(String dialect, JsonObject document) {
  /** Written as an app. */
  public static final Origin APPS = new Origin("apps", new JsonObject());

  public Origin {
    Objects.requireNonNull(dialect, "dialect");
    document = document.copy();
  }

  static Origin of(JsonObject json) {
    return new Origin(json.getString("dialect", "apps"), JsonReading.object(json, "document"));
  }

  JsonObject json() {
    return new JsonObject().put("dialect", dialect).put("document", document);
  }
}

package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A network a pod's containers are on, as their documents name it.
 *
 * <pre>{"name":"shop_default","document":{"Driver":"bridge","Labels":{…}},"external":false}</pre>
 *
 * @param document in the engine's create syntax, less the name: how it is made where it is missing
 * @param isExternal whether it has to be there already
 */
public record NamedNetwork(String name, JsonObject document, boolean isExternal) {
  public NamedNetwork {
    Objects.requireNonNull(name, "name");
    document = document.copy();
  }

  static NamedNetwork of(JsonObject json) {
    return new NamedNetwork(
        json.getString("name"),
        JsonReading.object(json, "document"),
        json.getBoolean("external", false));
  }

  JsonObject json() {
    return new JsonObject().put("name", name).put("document", document).put("external", isExternal);
  }
}

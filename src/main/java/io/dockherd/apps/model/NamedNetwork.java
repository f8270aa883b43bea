package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A network a pod's containers are on, as their documents name it.
 *
 * <pre>{"name":"shop_default","document":{"Driver":"bridge","Labels":{…}},"external":false,
 * "perInstance":false}</pre>
 *
 * @param name may hold {@code {slot}}, {@code {nth}} and {@code {task}}, as the documents do then
 * @param document in the engine's create syntax, less the name: how it is made where it is missing
 * @param isExternal whether it has to be there already
 * @param isOfInstance whether each instance has its own, which goes when the instance goes for good
 */
public record NamedNetwork(
    String name, JsonObject document, boolean isExternal, boolean isOfInstance) {
  /** One all instances on a host share. */
  public NamedNetwork(String name, JsonObject document, boolean isExternal) {
    this(name, document, isExternal, false);
  }

  public NamedNetwork {
    Objects.requireNonNull(name, "name");
    document = document.copy();
  }

  static NamedNetwork of(JsonObject json) {
    return new NamedNetwork(
        json.getString("name"),
        JsonReading.object(json, "document"),
        json.getBoolean("external", false),
        json.getBoolean("perInstance", false));
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("document", document)
        .put("external", isExternal)
        .put("perInstance", isOfInstance);
  }
}

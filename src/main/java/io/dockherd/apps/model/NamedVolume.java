package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A volume a pod's containers mount, as their documents name it.
 *
 * <pre>
 * {"name":"shop_data","document":{"Driver":"local","DriverOpts":{…}},"external":false,"perInstance":false}
 * </pre>
 *
 * @param name may hold {@code {slot}}, {@code {nth}} and {@code {task}}, as the documents do then
 * @param document in the engine's create syntax, less the name: how it is made where it is missing
 * @param isExternal whether it has to be there already
 * @param isOfInstance whether each instance has its own, which goes when the instance goes for good
 */
public record NamedVolume(
    String name, JsonObject document, boolean isExternal, boolean isOfInstance) {
  public NamedVolume {
    Objects.requireNonNull(name, "name");
    document = document.copy();
  }

  static NamedVolume of(JsonObject json) {
    return new NamedVolume(
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

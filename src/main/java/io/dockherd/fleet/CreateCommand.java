package io.dockherd.fleet;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * One container to be made at one node.
 *
 * <pre>
 * {"name":"web","document":{"Image":"busybox",…},"pull":true,"mayAskRegistry":true,
 *  "registryAuth":"",
 *  "creation":"0d5c…","checked":true,"platform":"","limitMillis":14750}</pre>
 *
 * @param pull whether an image it lacks is fetched, from another node that has it
 * @param mayAskRegistry whether from a registry where no other node can give it
 * @param registryAuth whom the registry is to take the engine for, as {@code X-Registry-Auth}; ""
 *     for nobody
 * @param creation this one call's own mark, that the container carries as a label: by it, what came
 *     of a call whose answer was lost is found again
 * @param checked whether the node is to see first that it has the ports and the room: the sender
 *     chose it by what it knew
 * @param platform of the image; "" leaves it to the engine
 * @param limit for all of it; what is finished later is removed again, for nobody waits for it
 */
record CreateCommand(
    String name,
    JsonObject document,
    boolean pull,
    boolean mayAskRegistry,
    String registryAuth,
    String creation,
    boolean checked,
    String platform,
    Duration limit) {
  /** The relay's name for it. */
  static final String NAME = "create";

  CreateCommand {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(registryAuth, "registryAuth");
    Objects.requireNonNull(creation, "creation");
    Objects.requireNonNull(limit, "limit");
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("document", document)
        .put("pull", pull)
        .put("mayAskRegistry", mayAskRegistry)
        .put("registryAuth", registryAuth)
        .put("creation", creation)
        .put("checked", checked)
        .put("platform", platform)
        .put("limitMillis", limit.toMillis());
  }

  static CreateCommand of(JsonObject json) {
    return new CreateCommand(
        json.getString("name", ""),
        json.getJsonObject("document"),
        json.getBoolean("pull", false),
        json.getBoolean("mayAskRegistry", true),
        json.getString("registryAuth", ""),
        json.getString("creation", ""),
        json.getBoolean("checked", false),
        json.getString("platform", ""),
        Duration.ofMillis(json.getLong("limitMillis")));
  }

  /** The same with another limit. */
  CreateCommand within(Duration other) {
    return new CreateCommand(
        name, document, pull, mayAskRegistry, registryAuth, creation, checked, platform, other);
  }

  /** The image it is made from, as the document has it. */
  String image() {
    return document.getValue("Image") instanceof String image ? image : "";
  }
}

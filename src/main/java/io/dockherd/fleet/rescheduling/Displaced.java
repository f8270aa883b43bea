package io.dockherd.fleet.rescheduling;

import io.dockherd.fleet.watch.Recreation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * A container whose node is lost and that is to be made anew, or was: as a record it outlives
 * whoever works on it.
 *
 * <pre>
 * {"node":"host-2","id":"4f1…","swarmId":"ab0…","ran":true,"recreation":{…},"networks":[{…}],
 *  "replacementNode":"host-3","replacement":"99c…"}</pre>
 *
 * @param node where it was
 * @param swarmId who it is wherever it is; its own id when it has none
 * @param ran whether it ran when its node was lost
 * @param networks those of the lost node it was on, as engines list them: to be made where they
 *     lack
 * @param replacementNode where it is now; "" as long as it is not
 * @param replacement the id it has there
 */
record Displaced(
    String node,
    String id,
    String swarmId,
    boolean ran,
    Recreation recreation,
    List<JsonObject> networks,
    String replacementNode,
    String replacement) {
  static final String PREFIX = "rescheduling/";

  Displaced {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(swarmId, "swarmId");
    Objects.requireNonNull(recreation, "recreation");
    Objects.requireNonNull(replacementNode, "replacementNode");
    Objects.requireNonNull(replacement, "replacement");
    networks = List.copyOf(networks);
  }

  static String key(String id) {
    return PREFIX + id;
  }

  boolean isReplaced() {
    return !replacement.isEmpty();
  }

  Displaced replacedBy(String otherNode, String otherId) {
    return new Displaced(node, id, swarmId, ran, recreation, networks, otherNode, otherId);
  }

  JsonObject json() {
    return new JsonObject()
        .put("node", node)
        .put("id", id)
        .put("swarmId", swarmId)
        .put("ran", ran)
        .put("recreation", recreation.json())
        .put("networks", new JsonArray(networks))
        .put("replacementNode", replacementNode)
        .put("replacement", replacement);
  }

  static Displaced of(JsonObject json) {
    return new Displaced(
        json.getString("node", ""),
        json.getString("id", ""),
        json.getString("swarmId", ""),
        json.getBoolean("ran", false),
        Recreation.read(json.getJsonObject("recreation", new JsonObject())),
        json.getJsonArray("networks", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .toList(),
        json.getString("replacementNode", ""),
        json.getString("replacement", ""));
  }
}

package io.dockherd.doors.docker.events;

import io.dockherd.fleet.events.HerdEvent;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What says on an event where it happened, as classic Swarm had it:
 *
 * <pre>
 * {"from":"busybox node:host-1",
 *  "Actor":{…,"Attributes":{…,"node.name":"host-1","node.id":"ABCD:…",
 *           "node.addr":"10.213.0.1","node.ip":"10.213.0.1"}},
 *  "node":{"Name":"host-1","Id":"ABCD:…","Addr":"10.213.0.1","Ip":"10.213.0.1"},…}</pre>
 *
 * @param name the node's
 * @param id its engine's; "" when that is not known
 * @param address where the node is; "" when that is not known
 */
record NodeMark(String name, String id, String address) {
  NodeMark {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(address, "address");
  }

  /** The event with the mark; a copy. */
  JsonObject on(HerdEvent event) {
    JsonObject json = event.json().copy();
    if (json.getValue("from") instanceof String from) {
      json.put("from", from + " node:" + name);
    }
    JsonObject actor = object(json, "Actor");
    object(actor, "Attributes")
        .put("node.name", name)
        .put("node.id", id)
        .put("node.addr", address)
        .put("node.ip", address);
    return json.put(
        "node",
        new JsonObject().put("Name", name).put("Id", id).put("Addr", address).put("Ip", address));
  }

  private static JsonObject object(JsonObject parent, String key) {
    if (!(parent.getValue(key) instanceof JsonObject)) {
      parent.put(key, new JsonObject());
    }
    return parent.getJsonObject(key);
  }
}

package io.dockherd.fleet.rescheduling;

import io.vertx.core.json.JsonObject;

/**
 * One container that goes, or is to go, to another node.
 *
 * <pre>{"id":"4f1…","name":"web","from":"host-1","to":"host-3"}</pre>
 */
public record Move(String id, String name, String from, String to) {
  /** As an answer shows it. */
  public JsonObject json() {
    return new JsonObject().put("id", id).put("name", name).put("from", from).put("to", to);
  }
}

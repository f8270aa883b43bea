package io.dockherd.fleet.events;

import io.dockherd.engine.EngineEvent;
import io.vertx.core.json.JsonObject;

/** Events for tests. */
final class Told {
  private Told() {}

  /** A container's event as an engine tells it. */
  static EngineEvent event(String name, long nanos) {
    JsonObject json =
        new JsonObject()
            .put("Type", "container")
            .put("Action", "start")
            .put(
                "Actor",
                new JsonObject()
                    .put("ID", "id-of-" + name)
                    .put("Attributes", new JsonObject().put("name", name)))
            .put("scope", "local")
            .put("time", nanos / 1_000_000_000)
            .put("timeNano", nanos);
    return new EngineEvent("container", "start", "id-of-" + name, nanos, json);
  }

  /** What a test knows an event by: a container's name, or what happened to a node. */
  static String name(HerdEvent event) {
    JsonObject json = event.json();
    String name =
        json.getJsonObject("Actor").getJsonObject("Attributes").getString("name", "nameless");
    return json.getString("Type").equals("container")
        ? name
        : json.getString("Type") + " " + json.getString("Action") + " " + name;
  }
}

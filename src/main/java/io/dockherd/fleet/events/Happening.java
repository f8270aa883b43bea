package io.dockherd.fleet.events;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What nodes themselves tell of, in the form of an engine's event.
 *
 * <pre>
 * {"status":"engine_disconnect","from":"swarm","Type":"swarm","Action":"engine_disconnect",
 *  "Actor":{"ID":"host-2","Attributes":{"name":"host-2"}},"scope":"swarm","time":…,"timeNano":…}
 * {"Type":"node","Action":"lost","Actor":{"ID":"host-2","Attributes":{"name":"host-2"}},
 *  "scope":"swarm","time":…,"timeNano":…}                      (Action: join, leave, lost)</pre>
 *
 * @param nanos when, since 1970
 */
record Happening(long nanos, JsonObject json) {
  static final String ENGINE_CONNECT = "engine_connect";
  static final String ENGINE_DISCONNECT = "engine_disconnect";
  static final String ENGINE_RECONNECT = "engine_reconnect";

  /** A node came. */
  static final String JOIN = "join";

  /** A node went orderly. */
  static final String LEAVE = "leave";

  /** A node died, or can't be reached. */
  static final String LOST = "lost";

  /** Something classic Swarm told of. */
  static Happening ofEngine(String action, String node, Instant when) {
    JsonObject json = new JsonObject().put("status", action).put("from", "swarm");
    return new Happening(nanos(when), event(json, "swarm", action, node, when));
  }

  static Happening ofNode(String action, String node, Instant when) {
    return new Happening(nanos(when), event(new JsonObject(), "node", action, node, when));
  }

  private static JsonObject event(
      JsonObject json, String type, String action, String node, Instant when) {
    JsonObject attributes = new JsonObject().put("name", node);
    return json.put("Type", type)
        .put("Action", action)
        .put("Actor", new JsonObject().put("ID", node).put("Attributes", attributes))
        .put("scope", "swarm")
        .put("time", when.getEpochSecond())
        .put("timeNano", nanos(when));
  }

  static long nanos(Instant when) {
    return when.getEpochSecond() * 1_000_000_000L + when.getNano();
  }
}

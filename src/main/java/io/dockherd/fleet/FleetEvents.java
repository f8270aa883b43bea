package io.dockherd.fleet;

import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineEventListener;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What happens, as JSON. A node tells of its own engine first-hand and of the comings and goings it
 * sees; the other engines' events are told by their own nodes (on the bus).
 *
 * <pre>
 * {"type":"container","action":"start","node":"host-1","id":"4f1…","name":"web","image":"busybox",
 *  "time":1774000000123,"event":{…the engine's own…}}
 * {"type":"container","action":"namesake","node":"host-1","id":"","name":"web","image":"",
 *  "nodes":["host-1","host-2"],"time":…}   two containers have that name: call them node/name
 * {"type":"engine","action":"lost","node":"host-1","reason":"…","time":…}   (action: lost, back)
 * {"type":"node","action":"left","node":"host-2","orderly":false,"seenBy":"host-1","time":…}
 *                                                             (action: joined, left, healed)</pre>
 *
 * <p>{@code time} is in milliseconds since 1970. Events of exec are left out: a health check makes
 * three of them every few seconds.
 */
final class FleetEvents implements EngineEventListener, Members.MembersListener {
  private static final Log LOG = Log.of(FleetEvents.class);

  private final String self;
  private final InstantSource clock;
  private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();

  /** Whether the engine was lost and is not back. */
  private boolean isLost;

  FleetEvents(String self, InstantSource clock) {
    this.self = self;
    this.clock = clock;
  }

  void listen(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  @Override
  public void onEvent(EngineEvent event) {
    if (event.action().startsWith("exec_")) {
      return;
    }
    JsonObject attributes =
        event
            .json()
            .getJsonObject("Actor", new JsonObject())
            .getJsonObject("Attributes", new JsonObject());
    JsonObject json =
        new JsonObject()
            .put("type", event.type())
            .put("action", event.action())
            .put("node", self)
            .put("id", event.id())
            .put("name", attributes.getString("name", event.id()));
    if (event.type().equals("container")) {
      json.put("image", attributes.getString("image", ""));
    }
    tell(json.put("time", event.timeNanos() / 1_000_000).put("event", event.json()));
  }

  @Override
  public void onConnected() {
    if (isLost) {
      isLost = false;
      tell(happening("engine", "back", self));
    }
  }

  @Override
  public void onLost(String reason) {
    isLost = true;
    tell(happening("engine", "lost", self).put("reason", reason));
  }

  @Override
  public void onJoined(Member member) {
    if (member.isNode()) {
      tell(happening("node", "joined", member.name()).put("seenBy", self));
    }
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (member.isNode()) {
      tell(happening("node", "left", member.name()).put("orderly", orderly).put("seenBy", self));
    }
  }

  @Override
  public void onHealed() {
    tell(happening("node", "healed", self).put("seenBy", self));
  }

  /** Containers of several nodes have one name. */
  void tellNamesakes(String name, List<String> nodes) {
    LOG.warn("name given twice", "name", name, "nodes", nodes);
    tell(
        happening("container", "namesake", self)
            .put("id", "")
            .put("name", name)
            .put("image", "")
            .put("nodes", new JsonArray(nodes)));
  }

  private JsonObject happening(String type, String action, String node) {
    return new JsonObject()
        .put("type", type)
        .put("action", action)
        .put("node", node)
        .put("time", clock.millis());
  }

  private void tell(JsonObject event) {
    for (Consumer<JsonObject> listener : listeners) {
      try {
        // Each its own: JSON objects can be written to.
        listener.accept(event.copy());
      } catch (RuntimeException e) {
        LOG.error("a listener to events failed", e, "type", event.getString("type"));
      }
    }
  }
}

package io.dockherd.engine;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Something that happened in an engine.
 *
 * <pre>
 * {"Type":"container","Action":"start","Actor":{"ID":"4f1…","Attributes":{"image":"busybox","name":"web"}},
 *  "scope":"local","time":1774000000,"timeNano":1774000000123456789}</pre>
 *
 * @param type container, image, volume, network, daemon, …
 * @param action create, start, die, destroy, … (before a colon: {@code exec_start: sh} is {@code
 *     exec_start: sh})
 * @param id of the actor: a container's full id, an image's name, a volume's name, …
 * @param timeNanos since 1970, by the engine's clock
 * @param json the event as the engine sent it
 */
public record EngineEvent(String type, String action, String id, long timeNanos, JsonObject json) {
  public EngineEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(json, "json");
  }
}

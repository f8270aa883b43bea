package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Reads an event as engines write it, old ones too. */
final class EventText {
  /** What old engines say of an image, without saying that it is one. */
  private static final Set<String> IMAGE_ACTIONS =
      Set.of("delete", "import", "load", "pull", "push", "save", "tag", "untag");

  private EventText() {}

  /** The event; empty when the text is none. */
  static Optional<EngineEvent> parse(Buffer text) {
    try {
      return read(new JsonObject(text));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  private static Optional<EngineEvent> read(JsonObject json) {
    String action = json.getString("Action", json.getString("status"));
    if (action == null) {
      return Optional.empty();
    }
    JsonObject actor = json.getJsonObject("Actor", new JsonObject());
    String id = actor.getString("ID", json.getString("id", ""));
    String type = json.getString("Type", oldType(json, action));
    return Optional.of(new EngineEvent(type, action, id, timeNanos(json), json));
  }

  /** Before API 1.22 an event held {@code status}, {@code id} and, of a container, {@code from}. */
  private static String oldType(JsonObject json, String action) {
    boolean isImage = !json.containsKey("from") && IMAGE_ACTIONS.contains(action);
    return isImage ? "image" : "container";
  }

  private static long timeNanos(JsonObject json) {
    Long nanos = json.getLong("timeNano");
    return nanos != null ? nanos : TimeUnit.SECONDS.toNanos(json.getLong("time", 0L));
  }
}

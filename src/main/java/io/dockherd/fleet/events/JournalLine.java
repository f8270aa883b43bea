package io.dockherd.fleet.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * A line between journals: {@code {"life":…,"at":12,"now":…}} says which life the numbers are of,
 * where they are, and the time there; {@code {"number":13,"event":{…}}} is an event.
 */
sealed interface JournalLine {
  /** How far it is, and what time it is there. */
  record Head(String life, long at, long now) implements JournalLine {}

  /** Something that happened. */
  record Event(long number, long nanos, JsonObject json) implements JournalLine {}

  static Buffer head(String life, long at, long now) {
    return line(new JsonObject().put("life", life).put("at", at).put("now", now));
  }

  static Buffer of(Journal.Entry entry) {
    return line(
        new JsonObject()
            .put("number", entry.number())
            .put("nanos", entry.nanos())
            .put("event", entry.json()));
  }

  private static Buffer line(JsonObject json) {
    return json.toBuffer().appendByte((byte) '\n');
  }

  /** Reads one; what it does not know fails as something that is not JSON. */
  static JournalLine read(Buffer line) {
    JsonObject json = line.toJsonObject();
    return json.containsKey("life")
        ? new Head(json.getString("life"), json.getLong("at"), json.getLong("now"))
        : new Event(json.getLong("number"), json.getLong("nanos"), json.getJsonObject("event"));
  }
}

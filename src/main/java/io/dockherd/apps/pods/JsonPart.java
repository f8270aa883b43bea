package io.dockherd.apps.pods;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes in create documents callers wrote: what is of another type counts as not there. */
final class JsonPart {
  private JsonPart() {}

  /** The object under that key, to write in; made where there is none. */
  static JsonObject within(JsonObject json, String key) {
    if (!(json.getValue(key) instanceof JsonObject)) {
      json.put(key, new JsonObject());
    }
    return json.getJsonObject(key);
  }

  /** The list under that key, to write in; made where there is none. */
  static JsonArray listWithin(JsonObject json, String key) {
    if (!(json.getValue(key) instanceof JsonArray)) {
      json.put(key, new JsonArray());
    }
    return json.getJsonArray(key);
  }

  /** Adds to a list what it does not hold yet. */
  static void addEach(JsonArray list, JsonArray more) {
    for (Object each : more) {
      if (!list.contains(each)) {
        list.add(each);
      }
    }
  }
}

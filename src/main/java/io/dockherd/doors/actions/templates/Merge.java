package io.dockherd.doors.actions.templates;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Lays one document over another: objects are merged key by key, null takes a key away, and
 * everything else, lists too, is replaced as a whole.
 */
public final class Merge {
  private Merge() {}

  /** {@code patch} over {@code base}; neither is changed. */
  public static JsonObject over(JsonObject base, JsonObject patch) {
    JsonObject merged = base.copy();
    for (Map.Entry<String, Object> change : patch) {
      merge(merged, change.getKey(), change.getValue());
    }
    return merged;
  }

  private static void merge(JsonObject merged, String key, Object change) {
    switch (change) {
      case null -> merged.remove(key);
      case JsonObject inner -> {
        Object before = merged.getValue(key);
        // Also over nothing: so that the nulls inside a patch never stay.
        JsonObject under = before instanceof JsonObject object ? object : new JsonObject();
        merged.put(key, over(under, inner));
      }
      case JsonArray list -> merged.put(key, list.copy());
      default -> merged.put(key, change);
    }
  }
}

package io.dockherd.fleet.requests;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads fields of documents callers wrote: what is of another type than it should be counts as not
 * there, for to complain is the engine's business.
 */
public final class Fields {
  /** A pebibyte; a million CPUs. */
  private static final long MOST = 1L << 50;

  private Fields() {}

  /** The object under that key. */
  public static JsonObject object(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject object ? object : new JsonObject();
  }

  /** The list under that key. */
  public static JsonArray array(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonArray array ? array : new JsonArray();
  }

  /** The text under that key; "" for none. */
  public static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }

  /**
   * Never negative, for engines take −1 for "no limit"; and never so much that the sum of thousands
   * would overflow and look like nothing.
   */
  static long amount(JsonObject json, String key) {
    return json.getValue(key) instanceof Number number
        ? Math.clamp(number.longValue(), 0, MOST)
        : 0;
  }

  static List<String> texts(JsonArray array) {
    return array.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /** Puts a label on, unless the labels are something else than labels. */
  static void label(JsonObject document, String name, String value) {
    Object labels = document.getValue("Labels");
    if (labels == null || labels instanceof JsonObject) {
      JsonObject more = labels == null ? new JsonObject() : (JsonObject) labels;
      document.put("Labels", more.put(name, value));
    }
  }

  /** Those that are texts. */
  static Map<String, String> textMap(JsonObject json) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.forEach(
        field -> {
          if (field.getValue() instanceof String text) {
            texts.put(field.getKey(), text);
          }
        });
    return texts;
  }
}

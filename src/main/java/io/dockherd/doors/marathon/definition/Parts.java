package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Parts of a document whose types have been checked; what is missing is empty. */
public final class Parts {
  private Parts() {}

  /** An object in it. */
  public static JsonObject object(JsonObject json, String key) {
    return json.getJsonObject(key, new JsonObject());
  }

  /** A list of objects in it. */
  public static List<JsonObject> objects(JsonObject json, String key) {
    return json.getJsonArray(key, new JsonArray()).stream().map(JsonObject.class::cast).toList();
  }

  /** A list of texts in it. */
  public static List<String> texts(JsonObject json, String key) {
    return json.getJsonArray(key, new JsonArray()).stream().map(String.class::cast).toList();
  }

  /** Texts by name in it, in their order. */
  public static Map<String, String> textMap(JsonObject json, String key) {
    Map<String, String> map = new LinkedHashMap<>();
    object(json, key)
        .forEach(
            field -> {
              if (field.getValue() instanceof String text) {
                map.put(field.getKey(), text);
              }
            });
    return map;
  }

  /** Such a list with something done to each. */
  static JsonArray each(JsonArray list, UnaryOperator<JsonObject> what) {
    JsonArray all = new JsonArray();
    list.forEach(one -> all.add(what.apply((JsonObject) one)));
    return all;
  }

  /** A copy in which absent fields are as in {@code defaults}, those first. */
  static JsonObject filled(JsonObject json, JsonObject defaults) {
    return defaults.copy().mergeIn(json);
  }
}

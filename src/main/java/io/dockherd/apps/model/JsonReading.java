package io.dockherd.apps.model;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads what this or another version wrote: what is missing is as if nothing had been said. */
final class JsonReading {
  /** Of what programs say of themselves, which may be anything. */
  private static final int LONGEST_TEXT = 1_000;

  private JsonReading() {}

  /** Reads a document; whatever is of a wrong type in it is one failure. */
  static <T> T read(String what, JsonObject json, Function<JsonObject, T> reading) {
    try {
      return reading.apply(json);
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new Invalid(what, "this is no " + what + ": " + e.getMessage(), "", e);
    }
  }

  static JsonObject object(JsonObject json, String key) {
    return json.getJsonObject(key, new JsonObject());
  }

  static <T> List<T> objects(JsonObject json, String key, Function<JsonObject, T> reading) {
    List<T> all = new ArrayList<>();
    for (Object each : json.getJsonArray(key, new JsonArray())) {
      all.add(reading.apply((JsonObject) each));
    }
    return all;
  }

  static List<String> texts(JsonObject json, String key) {
    return json.getJsonArray(key, new JsonArray()).stream().map(String.class::cast).toList();
  }

  static Map<String, String> textMap(JsonObject json, String key) {
    Map<String, String> map = new LinkedHashMap<>();
    object(json, key).forEach(field -> map.put(field.getKey(), (String) field.getValue()));
    return map;
  }

  static Duration millis(JsonObject json, String key, Duration unsaid) {
    return Duration.ofMillis(json.getLong(key, unsaid.toMillis()));
  }

  static <E extends Enum<E>> E choice(JsonObject json, String key, Class<E> type, E unsaid) {
    String said = json.getString(key, "");
    return said.isEmpty()
        ? unsaid
        : Enum.valueOf(type, said.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As much of a text as a record, and every node's memory, has room for. */
  static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    // Half of a pair is no character.
    int end = LONGEST_TEXT - (Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0);
    return text.substring(0, end);
  }

  /** The word for it in JSON: {@code START_FIRST} is {@code start-first}. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static JsonObject json(Map<String, String> map) {
    JsonObject json = new JsonObject();
    map.forEach(json::put);
    return json;
  }

  static <T> JsonArray json(List<T> all, Function<T, JsonObject> writing) {
    JsonArray array = new JsonArray();
    all.forEach(each -> array.add(writing.apply(each)));
    return array;
  }

  /** A copy nobody can change, in its order. */
  static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}

package io.dockherd.apps.compose;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A part of a document for an engine that is being written: what is not said is left out. */
final class Entries {
  private final JsonObject json = new JsonObject();

  Entries put(String key, Object value) {
    json.put(key, value);
    return this;
  }

  Entries text(String key, Optional<String> value) {
    value.ifPresent(said -> json.put(key, said));
    return this;
  }

  Entries flag(String key, boolean value) {
    if (value) {
      json.put(key, true);
    }
    return this;
  }

  Entries flag(String key, Optional<Boolean> value) {
    value.ifPresent(said -> json.put(key, said));
    return this;
  }

  Entries whole(String key, OptionalLong value) {
    value.ifPresent(said -> json.put(key, said));
    return this;
  }

  Entries whole(String key, OptionalInt value) {
    value.ifPresent(said -> json.put(key, said));
    return this;
  }

  /** A number with decimals, rounded to a whole one after it was multiplied. */
  Entries rounded(String key, OptionalDouble value, double factor) {
    value.ifPresent(said -> json.put(key, Math.round(said * factor)));
    return this;
  }

  Entries texts(String key, List<String> values) {
    if (!values.isEmpty()) {
      json.put(key, new JsonArray(values));
    }
    return this;
  }

  Entries map(String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      json.put(key, object(values));
    }
    return this;
  }

  Entries items(String key, JsonArray items) {
    if (!items.isEmpty()) {
      json.put(key, items);
    }
    return this;
  }

  Entries object(String key, JsonObject inner) {
    if (!inner.isEmpty()) {
      json.put(key, inner);
    }
    return this;
  }

  JsonObject json() {
    return json;
  }

  static JsonObject object(Map<String, String> values) {
    JsonObject object = new JsonObject();
    values.forEach(object::put);
    return object;
  }
}

package io.dockherd.doors.manifests.format;

import io.dockherd.compose.schema.GoDuration;
import io.dockherd.compose.schema.Nearest;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a JSON object, each of a type that is asked for. Names are the same in capitals and
 * small letters, as they were for Dokkaa; null is as if nothing were said. Whatever is of another
 * type, or of a name nobody knows, is an {@link Invalid} that names the field.
 */
final class Fields {
  private final String place;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * @param place where the object stands, {@code health}; "" for the manifest itself
   */
  Fields(String place, JsonObject json, List<String> known) {
    this.place = place;
    for (Map.Entry<String, Object> field : json) {
      String name =
          known.stream()
              .filter(each -> each.equalsIgnoreCase(field.getKey()))
              .findFirst()
              .orElseThrow(() -> unknown(field.getKey(), known));
      if (field.getValue() != null && values.put(name, field.getValue()) != null) {
        throw wrong(name, "is there twice, in capitals and small letters", "leave out one of them");
      }
    }
  }

  private Invalid unknown(String name, List<String> known) {
    return wrong(
        name,
        "is no field of a manifest here",
        Nearest.of(name, known)
            .map(near -> "perhaps " + near + " is meant")
            .orElse("there are " + String.join(", ", known)));
  }

  /** A failure about one of the fields. */
  Invalid wrong(String name, String what, String remedy) {
    String field = place.isEmpty() ? name : place + "." + name;
    return new Invalid(field, field + " " + what, remedy);
  }

  private Invalid mistyped(String name, String expected, Object value) {
    return wrong(name, "has to be " + expected + ", and is " + portrait(value), "");
  }

  private static String portrait(Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "the text '" + text + "'";
      case JsonObject object -> "an object";
      case JsonArray array -> "a list";
      default -> value.toString();
    };
  }

  /** That a field is of another type than it has to be. */
  Invalid mistyped(String name, String expected) {
    return mistyped(name, expected, values.get(name));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<Object> any(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<String> text(String name) {
    return any(name)
        .map(value -> value instanceof String text ? text : fail(name, "a text", value));
  }

  private <T> T fail(String name, String expected, Object value) {
    throw mistyped(name, expected, value);
  }

  Optional<Boolean> yesOrNo(String name) {
    return any(name)
        .map(value -> value instanceof Boolean yes ? yes : fail(name, "true or false", value));
  }

  Optional<Integer> whole(String name, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return any(name)
        .map(
            value ->
                value instanceof Integer number && number >= least && number <= most
                    ? number
                    : fail(name, expected, value));
  }

  Optional<Double> part(String name) {
    return any(name)
        .map(
            value ->
                value instanceof Number number
                        && number.doubleValue() >= 0
                        && number.doubleValue() <= 1
                    ? number.doubleValue()
                    : fail(name, "a part, from 0 to 1", value));
  }

  Optional<Duration> time(String name) {
    return text(name)
        .map(
            text ->
                GoDuration.parse(text)
                    .orElseThrow(() -> mistyped(name, "a time like 1m30s", text)));
  }

  /** One of several words, and what it means. */
  <T> Optional<T> choice(String name, Map<String, T> words) {
    String expected = "one of " + String.join(", ", words.keySet());
    return text(name)
        .map(word -> words.containsKey(word) ? words.get(word) : fail(name, expected, word));
  }

  Optional<JsonObject> object(String name) {
    return any(name)
        .map(value -> value instanceof JsonObject object ? object : fail(name, "an object", value));
  }

  /** A list; each of its members by its place: {@code ports[0]}. */
  <T> List<T> list(String name, Function<Member, T> reading) {
    Object value = values.getOrDefault(name, new JsonArray());
    JsonArray array = value instanceof JsonArray list ? list : fail(name, "a list", value);
    List<T> all = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      all.add(reading.apply(new Member(this, name + "[" + i + "]", array.getValue(i))));
    }
    return all;
  }

  /** An object of any names, {@code env.PATH}; its members by name. */
  <T> Map<String, T> map(String name, Function<Member, T> reading) {
    Map<String, T> all = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object(name).orElseGet(JsonObject::new)) {
      all.put(
          entry.getKey(),
          reading.apply(new Member(this, name + "." + entry.getKey(), entry.getValue())));
    }
    return all;
  }

  /** What stands in a list or an object of any names. */
  record Member(Fields owner, String name, Object value) {
    String text() {
      return value instanceof String text ? text : owner.fail(name, "a text", value);
    }

    /** Without what ends a text in C: an engine would cut there. */
    String word() {
      if (text().indexOf('\0') >= 0) {
        throw wrong("has a NUL character", "leave it out");
      }
      return text();
    }

    Invalid wrong(String what, String remedy) {
      return owner.wrong(name, what, remedy);
    }

    Invalid mistyped(String expected) {
      return owner.mistyped(name, expected, value);
    }

    Fields fields(JsonObject object, List<String> known) {
      return new Fields(owner.place.isEmpty() ? name : owner.place + "." + name, object, known);
    }
  }

  /** The fields of an object within this one. */
  Optional<Fields> fields(String name, List<String> known) {
    return object(name)
        .map(json -> new Fields(place.isEmpty() ? name : place + "." + name, json, known));
  }
}

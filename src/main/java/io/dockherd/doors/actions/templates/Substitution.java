package io.dockherd.doors.actions.templates;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts variables into a document's strings (not into its keys). A string stays a string whatever
 * the variable holds, except where Docker wants a number or a flag: see {@link EngineTypes}.
 */
public final class Substitution {
  private Substitution() {}

  /**
   * The document with the variables put in; the given one is not changed.
   *
   * @throws Invalid when a variable is malformed, or has neither a value nor a default, or makes
   *     something else than the number or flag that is wanted
   */
  public static JsonObject into(JsonObject document, Variables variables) {
    return object(document, "", variables);
  }

  /** The variables of a document: name → default, "" for none, by name. */
  public static SortedMap<String, String> variablesOf(JsonObject document) {
    SortedMap<String, String> found = new TreeMap<>();
    collect(document, found);
    return found;
  }

  private static JsonObject object(JsonObject object, String path, Variables variables) {
    JsonObject filled = new JsonObject();
    for (Map.Entry<String, Object> entry : object) {
      filled.put(entry.getKey(), value(entry.getValue(), within(path, entry.getKey()), variables));
    }
    return filled;
  }

  private static JsonArray list(JsonArray list, String path, Variables variables) {
    JsonArray filled = new JsonArray();
    for (Object element : list) {
      filled.add(value(element, within(path, "*"), variables));
    }
    return filled;
  }

  private static Object value(Object value, String path, Variables variables) {
    return switch (value) {
      case JsonObject object -> object(object, path, variables);
      case JsonArray list -> list(list, path, variables);
      case String text -> text(text, path, variables);
      case null, default -> value;
    };
  }

  private static Object text(String source, String path, Variables variables) {
    if (source.indexOf('$') < 0) {
      return source;
    }
    VariableText text = VariableText.parse(source);
    String filled = text.with(variables);
    return text.isVariable()
        ? EngineTypes.at(path).map(type -> typed(filled, type, path)).orElse(filled)
        : filled;
  }

  private static Object typed(String text, EngineTypes.Type type, String path) {
    return switch (type) {
      case FLAG -> {
        if (!text.equals("true") && !text.equals("false")) {
          throw new Invalid(path, "'" + path + "' must be true or false, not '" + text + "'", "");
        }
        yield Boolean.valueOf(text);
      }
      case NUMBER -> {
        try {
          yield new BigDecimal(text).longValueExact();
        } catch (NumberFormatException | ArithmeticException e) {
          throw new Invalid(
              path, "'" + path + "' must be a whole number, not '" + text + "'", "", e);
        }
      }
    };
  }

  private static void collect(Object value, SortedMap<String, String> found) {
    switch (value) {
      case JsonObject object -> object.forEach(entry -> collect(entry.getValue(), found));
      case JsonArray list -> list.forEach(element -> collect(element, found));
      case String text ->
          VariableText.parse(text).parts().stream()
              .filter(VariableText.Part.Variable.class::isInstance)
              .map(VariableText.Part.Variable.class::cast)
              .forEach(v -> found.merge(v.name(), v.fallback().orElse(""), (a, b) -> a));
      case null, default -> {}
    }
  }

  private static String within(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}

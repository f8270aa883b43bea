package io.dockherd.doors.actions.templates;

import io.dockherd.doors.actions.Field;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes to a container's environment, by variable: from {@code {"A":"1","B":null}} or from {@code
 * ["A=1","B"]}. A value replaces the variable where it stands or adds it at the end; none (null, or
 * a name without {@code =}) takes it away.
 */
public record Environment(Map<String, Optional<String>> changes) {
  public Environment {
    changes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }

  /**
   * Reads either form; empty when it is neither.
   *
   * @param field it is the value of
   * @throws Invalid when a part of it is of a wrong type
   */
  public static Optional<Environment> read(String field, Object value) {
    return switch (value) {
      case JsonObject object ->
          Optional.of(new Environment(NamedValues.read(field, object, Environment::isName)));
      case JsonArray list -> Optional.of(fromList(field, list));
      default -> Optional.empty();
    };
  }

  /**
   * The document with the changes made to its {@code Env}.
   *
   * @throws Invalid when its Env is no list
   */
  public JsonObject over(JsonObject document) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Object line : existing(document)) {
      String text = String.valueOf(line);
      lines.put(nameOf(text), text);
    }
    changes.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                text -> lines.put(name, name + "=" + text), () -> lines.remove(name)));
    return document.copy().put("Env", new JsonArray(new ArrayList<>(lines.values())));
  }

  private static List<?> existing(JsonObject document) {
    Object env = document.getValue("Env");
    return switch (env) {
      case null -> List.of();
      case JsonArray list -> list.getList();
      default -> throw new Invalid("Env", "'Env' must be a list of NAME=value", "");
    };
  }

  private static Environment fromList(String field, JsonArray list) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    for (Object element : list) {
      if (!(element instanceof CharSequence line) || !isName(nameOf(line.toString()))) {
        throw new Invalid(
            field, "'" + field + "' must hold NAME=value, not " + Field.describe(element), "");
      }
      String name = nameOf(line.toString());
      changes.put(
          name,
          line.length() == name.length()
              ? Optional.empty()
              : Optional.of(line.toString().substring(name.length() + 1)));
    }
    return new Environment(changes);
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
  }

  private static String nameOf(String line) {
    int equals = line.indexOf('=');
    return equals < 0 ? line : line.substring(0, equals);
  }
}

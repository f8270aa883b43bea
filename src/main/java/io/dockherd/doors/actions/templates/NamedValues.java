package io.dockherd.doors.actions.templates;

import io.dockherd.doors.actions.Field;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads an object of names and plain values; numbers and flags become text, null is no value. */
final class NamedValues {
  private NamedValues() {}

  /**
   * The values by name, in their order.
   *
   * @param field the object is the value of
   * @throws Invalid when a name is not fit or a value is no plain one
   */
  static Map<String, Optional<String>> read(
      String field, JsonObject object, Predicate<String> isName) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, Object> entry : object) {
      String path = field + "." + entry.getKey();
      if (!isName.test(entry.getKey())) {
        throw new Invalid(path, "'" + entry.getKey() + "' can't be a name in '" + field + "'", "");
      }
      values.put(entry.getKey(), text(path, entry.getValue()));
    }
    return values;
  }

  private static Optional<String> text(String path, Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case CharSequence text -> Optional.of(text.toString());
      case Number number -> Optional.of(number.toString());
      case Boolean flag -> Optional.of(flag.toString());
      default ->
          throw new Invalid(
              path,
              "'" + path + "' must be a string, a number or a flag, not " + Field.describe(value),
              "");
    };
  }
}

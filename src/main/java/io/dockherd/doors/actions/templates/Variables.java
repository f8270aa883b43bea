package io.dockherd.doors.actions.templates;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request gives for a template's variables, as text: {@code {"PORT":80,"TIER":"web"}}. */
public record Variables(Map<String, String> values) {
  /** None given. */
  public static final Variables NONE = new Variables(Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Variables {
    values = Map.copyOf(values);
  }

  /**
   * Reads them; numbers and flags become text, null counts as not given. Empty when it is no
   * object.
   *
   * @param field it is the value of
   * @throws io.dockherd.failure.Invalid when a name or a value is none
   */
  public static Optional<Variables> read(String field, Object value) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    NamedValues.read(field, object, Variables::isName)
        .forEach((name, given) -> given.ifPresent(text -> values.put(name, text)));
    return Optional.of(new Variables(values));
  }

  /** The value given for a name. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}

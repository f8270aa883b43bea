package io.dockherd.compose.interpolation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the values of variables come from. An empty value is a value. */
@FunctionalInterface
public interface Variables {
  /** No variables at all. */
  Variables NONE = name -> Optional.empty();

  /** The value of {@code name}, if it has one. */
  Optional<String> value(String name);

  /** The variables of a map. */
  static Variables of(Map<String, String> values) {
    Map<String, String> copy = new LinkedHashMap<>(values);
    return name -> Optional.ofNullable(copy.get(name));
  }

  /** These, and where they know nothing, {@code others}. */
  default Variables or(Variables others) {
    return name -> value(name).or(() -> others.value(name));
  }
}

package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Mappings become one key by key. */
final class Maps {
  private Maps() {}

  /** Both as one; {@code shape} says what stands at a key. */
  static YamlMap merged(YamlMap earlier, YamlMap later, Function<String, Shape> shape) {
    Map<String, YamlEntry> merged = new LinkedHashMap<>(earlier.entries());
    later
        .entries()
        .forEach(
            (key, entry) ->
                merged.merge(
                    key,
                    entry,
                    (old, found) ->
                        new YamlEntry(
                            found.keyAt(),
                            Shape.merge(shape.apply(key), old.value(), found.value()))));
    return new YamlMap(later.at(), earlier.directive(), merged);
  }
}

package io.dockherd.compose.loading;

import io.dockherd.compose.yaml.Directive;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tree with nothing left to merge onto: what was reset is gone, and so are the tags. */
final class Resolved {
  private Resolved() {}

  static YamlMap of(YamlMap map) {
    Map<String, YamlEntry> entries = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, entry) -> {
              if (entry.value().directive() != Directive.RESET) {
                entries.put(key, new YamlEntry(entry.keyAt(), node(entry.value())));
              }
            });
    return new YamlMap(map.at(), Directive.NONE, entries);
  }

  private static YamlNode node(YamlNode node) {
    return switch (node) {
      case YamlMap map -> of(map);
      case YamlList list ->
          YamlList.of(
              list.at(),
              list.items().stream()
                  .filter(item -> item.directive() != Directive.RESET)
                  .map(Resolved::node)
                  .toList());
      case YamlScalar scalar -> scalar.with(Directive.NONE);
    };
  }
}

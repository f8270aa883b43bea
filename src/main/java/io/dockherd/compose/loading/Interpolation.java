package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.BadTemplate;
import io.dockherd.compose.interpolation.Template;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts variables into the texts of a file; into values only, never into keys. */
final class Interpolation {
  /** All texts of a file together; a long variable used often is as good as a bomb. */
  private static final long MOST = 16L << 20;

  private final Variables variables;
  private final Problems problems;
  private long filled;

  Interpolation(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  YamlMap of(YamlMap file) {
    return map("", file);
  }

  /** The tree with its dollar signs written so that reading it again leaves them as they are. */
  static YamlNode escaped(YamlNode node) {
    return switch (node) {
      case YamlMap map -> {
        Map<String, YamlEntry> entries = new LinkedHashMap<>();
        map.entries()
            .forEach(
                (key, entry) ->
                    entries.put(key, new YamlEntry(entry.keyAt(), escaped(entry.value()))));
        yield new YamlMap(map.at(), map.directive(), entries);
      }
      case YamlList list ->
          YamlList.of(list.at(), list.items().stream().map(Interpolation::escaped).toList());
      case YamlScalar scalar ->
          new YamlScalar(
              scalar.at(), scalar.directive(), scalar.text().replace("$", "$$"), scalar.kind());
    };
  }

  private YamlNode node(String path, YamlNode node) {
    return switch (node) {
      case YamlMap map -> map(path, map);
      case YamlList list -> list(path, list);
      case YamlScalar scalar -> scalar(path, scalar);
    };
  }

  private YamlMap map(String path, YamlMap map) {
    Map<String, YamlEntry> entries = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key,
                    new YamlEntry(
                        entry.keyAt(),
                        node(path.isEmpty() ? key : path + "." + key, entry.value()))));
    return new YamlMap(map.at(), map.directive(), entries);
  }

  private YamlList list(String path, YamlList list) {
    List<YamlNode> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      items.add(node(path + "[" + i + "]", list.items().get(i)));
    }
    return new YamlList(list.at(), list.directive(), items);
  }

  private YamlScalar scalar(String path, YamlScalar scalar) {
    if (scalar.text().indexOf('$') < 0) {
      return scalar;
    }
    try {
      String text =
          Template.parse(scalar.text())
              .fill(
                  variables,
                  unset ->
                      problems.warn(
                          "unset " + unset,
                          scalar.at(),
                          "the variable " + unset + " is not set; it counts as empty",
                          "set it, or give it a default: ${" + unset + ":-default}"));
      filled += text.length();
      if (filled > MOST) {
        throw problems.stop(
            scalar.at(), "with its variables put in the file is too long", "use shorter ones");
      }
      return YamlScalar.text(scalar.at(), text).with(scalar.directive());
    } catch (BadTemplate e) {
      problems.add(scalar.at(), path + ": " + e.getMessage(), e.remedy());
      return scalar;
    }
  }
}

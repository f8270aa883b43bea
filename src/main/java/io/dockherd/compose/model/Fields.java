package io.dockherd.compose.model;

import io.dockherd.compose.schema.GoDuration;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The values of a canonical mapping, typed. It has been checked, so that whatever is there is of
 * its kind. Remembers which keys were asked for: a test holds them against the table of keys.
 */
final class Fields {
  private final YamlMap map;
  private final String path;
  private final Set<String> asked;

  Fields(YamlMap map, String path, Set<String> asked) {
    this.map = map;
    this.path = path;
    this.asked = asked;
  }

  private String ask(String key) {
    asked.add(path.isEmpty() ? key : path + "." + key);
    return key;
  }

  boolean has(String key) {
    return map.get(ask(key)).isPresent();
  }

  Optional<String> text(String key) {
    return map.text(ask(key));
  }

  String need(String key) {
    return text(key).orElseThrow();
  }

  boolean flag(String key) {
    return maybeFlag(key).orElse(false);
  }

  Optional<Boolean> maybeFlag(String key) {
    return text(key).map(Boolean::parseBoolean);
  }

  OptionalLong whole(String key) {
    return text(key).map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  OptionalInt integer(String key) {
    return text(key).map(Integer::parseInt).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  OptionalDouble decimal(String key) {
    return text(key)
        .map(Double::parseDouble)
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }

  Optional<Duration> duration(String key) {
    return text(key).flatMap(GoDuration::parse);
  }

  /** The texts of a list; none where there is no list. */
  List<String> texts(String key) {
    return map.list(ask(key)).items().stream()
        .filter(YamlScalar.class::isInstance)
        .map(item -> ((YamlScalar) item).text())
        .toList();
  }

  /** The same, telling an empty list from none. */
  Optional<List<String>> maybeTexts(String key) {
    return map.get(ask(key)).filter(YamlList.class::isInstance).map(list -> texts(key));
  }

  /** Names with their texts; those without are left out. */
  Map<String, String> named(String key) {
    Map<String, String> named = new LinkedHashMap<>();
    map.map(ask(key))
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof YamlScalar scalar && !scalar.isNothing()) {
                named.put(name, scalar.text());
              }
            });
    return named;
  }

  /** The mapping at a key; an empty one where there is none. */
  Fields at(String key) {
    return new Fields(map.map(ask(key)), path.isEmpty() ? key : path + "." + key, asked);
  }

  /** The mapping at a key, if there is one. */
  <T> Optional<T> maybe(String key, Function<Fields, T> reading) {
    return has(key) ? Optional.of(reading.apply(at(key))) : Optional.empty();
  }

  /** The mappings of a list. */
  <T> List<T> items(String key, Function<Fields, T> reading) {
    List<T> items = new ArrayList<>();
    for (YamlNode item : map.list(ask(key)).items()) {
      if (item instanceof YamlMap found) {
        items.add(reading.apply(new Fields(found, below(key) + "[]", asked)));
      }
    }
    return items;
  }

  /** The mappings of a mapping of names, an empty one where a name stands alone; no notes. */
  <T> Map<String, T> each(String key, Reading<T> reading) {
    return each(key, name -> !name.startsWith("x-"), reading);
  }

  /** The same of names of services, of which none is a note. */
  <T> Map<String, T> eachService(String key, Reading<T> reading) {
    return each(key, name -> true, reading);
  }

  private <T> Map<String, T> each(String key, Predicate<String> isName, Reading<T> reading) {
    Map<String, T> each = new LinkedHashMap<>();
    for (Map.Entry<String, YamlEntry> entry : map.map(ask(key)).entries().entrySet()) {
      if (isName.test(entry.getKey())) {
        YamlNode value = entry.getValue().value();
        YamlMap found = value instanceof YamlMap inner ? inner : YamlMap.empty(value.at());
        Fields fields = new Fields(found, below(key) + ".*", asked);
        each.put(entry.getKey(), reading.read(entry.getKey(), fields, value));
      }
    }
    return each;
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** How the value of a name is read. */
  interface Reading<T> {
    T read(String name, Fields fields, YamlNode value);
  }
}

package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A mapping, its keys in the order written. */
public record YamlMap(Position at, Directive directive, Map<String, YamlEntry> entries)
    implements YamlNode {
  public YamlMap {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(directive, "directive");
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** A mapping of nothing. */
  public static YamlMap empty(Position at) {
    return new YamlMap(at, Directive.NONE, Map.of());
  }

  @Override
  public YamlMap with(Directive other) {
    return new YamlMap(at, other, entries);
  }

  /** The value of a key, if it is there; it may be nothing. */
  public Optional<YamlNode> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(YamlEntry::value);
  }

  /** The mapping at a key; an empty one when there is none. */
  public YamlMap map(String key) {
    return get(key).orElse(null) instanceof YamlMap map ? map : empty(at);
  }

  /** The list at a key; an empty one when there is none. */
  public YamlList list(String key) {
    return get(key).orElse(null) instanceof YamlList list ? list : YamlList.of(at, List.of());
  }

  /** The scalar's text at a key, if there is one. */
  public Optional<String> text(String key) {
    return get(key)
        .filter(value -> value instanceof YamlScalar && !value.isNothing())
        .map(value -> ((YamlScalar) value).text());
  }

  /** The same with one value put in the place of what was there. */
  public YamlMap with(String key, YamlNode value) {
    Map<String, YamlEntry> changed = new LinkedHashMap<>(entries);
    YamlEntry old = entries.get(key);
    changed.put(key, new YamlEntry(old == null ? value.at() : old.keyAt(), value));
    return new YamlMap(at, directive, changed);
  }

  /** The same, with a value where there was none. */
  public YamlMap withDefault(String key, YamlNode value) {
    return entries.containsKey(key) ? this : with(key, value);
  }

  /** The same without a key. */
  public YamlMap without(String key) {
    if (!entries.containsKey(key)) {
      return this;
    }
    Map<String, YamlEntry> changed = new LinkedHashMap<>(entries);
    changed.remove(key);
    return new YamlMap(at, directive, changed);
  }
}

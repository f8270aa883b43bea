package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A mapping whose keys are known: a service, a build, a port. {@code x-} keys that it does not know
 * are kept as they are.
 */
public final class Keys implements Shape {
  private static final String EXTENSION = "x-";

  /** Of a key nobody knows, this much is repeated. */
  private static final int LONGEST = 60;

  private final String label;
  private final Map<String, Key> keys;
  private final List<String> required;
  private final BiConsumer<YamlMap, Where> check;

  private Keys(
      String label,
      Map<String, Key> keys,
      List<String> required,
      BiConsumer<YamlMap, Where> check) {
    this.label = label;
    this.required = List.copyOf(required);
    this.keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    this.check = check;
  }

  /** A mapping without keys yet; {@code label} is what it is: {@code a service}. */
  public static Keys of(String label) {
    return new Keys(label, Map.of(), List.of(), (map, where) -> {});
  }

  /** The same with a key that is read and does what it says. */
  public Keys honours(String name, Shape shape) {
    return with(new Key(name, shape, Support.HONOURED, ""));
  }

  /** The same with a key that is read, and has no effect because of {@code reason}. */
  public Keys warns(String name, Shape shape, String reason) {
    return with(new Key(name, shape, Support.WARNED, reason));
  }

  /** The same with a key that is refused; {@code remedy} is what to do instead. */
  public Keys refuses(String name, String remedy) {
    return with(new Key(name, Anything.ANYTHING, Support.REFUSED, remedy));
  }

  /** The same with keys none of which may be missing. */
  public Keys requires(String... names) {
    return new Keys(label, keys, List.of(names), check);
  }

  /** The same with a rule about its canonical form. */
  public Keys checks(BiConsumer<YamlMap, Where> rule) {
    return new Keys(label, keys, required, check.andThen(rule));
  }

  private Keys with(Key key) {
    Map<String, Key> more = new LinkedHashMap<>(keys);
    more.put(key.name(), key);
    return new Keys(label, more, required, check);
  }

  /** Name → key, in the order of the table. */
  public Map<String, Key> keys() {
    return keys;
  }

  @Override
  public String label() {
    return "mapping";
  }

  @Override
  public Optional<Keys> form() {
    return Optional.of(this);
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    if (!(node instanceof YamlMap map)) {
      where.wrong(node, "has to be a mapping, and is " + node.portrait(), "");
      return Optional.empty();
    }
    for (String name : required) {
      if (!map.entries().containsKey(name)) {
        where.wrong(map, "has no '" + name + "', which it needs", "add it");
      }
    }
    Map<String, YamlEntry> canonical = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (name, entry) ->
                read(name, entry, where)
                    .ifPresent(value -> canonical.put(name, new YamlEntry(entry.keyAt(), value))));
    YamlMap read = new YamlMap(map.at(), map.directive(), canonical);
    check.accept(read, where);
    return Optional.of(read);
  }

  private Optional<YamlNode> read(String name, YamlEntry entry, Where where) {
    Key key = keys.get(name);
    if (key == null && name.startsWith(EXTENSION)) {
      return Optional.of(entry.value());
    }
    if (key == null) {
      where
          .problems()
          .add(
              entry.keyAt(),
              path(where, name) + " is not a key of " + label,
              where.problems().areMany() ? "" : hint(name));
      return Optional.empty();
    }
    return switch (key.support()) {
      case HONOURED -> Shape.read(key.shape(), entry.value(), where.at(name));
      case WARNED -> {
        Optional<YamlNode> value = Shape.read(key.shape(), entry.value(), where.at(name));
        if (value.isPresent()) {
          where
              .at(name)
              .warn(label + "." + name, entry.keyAt(), "has no effect: " + key.note(), "");
        }
        yield value;
      }
      case REFUSED -> {
        where.problems().add(entry.keyAt(), path(where, name) + " is not supported", key.note());
        yield Optional.empty();
      }
    };
  }

  private static String path(Where where, String name) {
    return where.at(name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name).path();
  }

  private String hint(String name) {
    return Nearest.of(name, keys.keySet())
        .map(near -> "did you mean '" + near + "'?")
        .orElse("remove it, or begin its name with 'x-' to keep it as a note");
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    return Maps.merged((YamlMap) earlier, (YamlMap) later, this::shape);
  }

  private Shape shape(String name) {
    return keys.containsKey(name) ? keys.get(name).shape() : Anything.ANYTHING;
  }
}

package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mapping whose keys are names of the writer's: services, networks, volumes. */
final class MapOf implements Shape {
  private final String label;
  private final Pattern name;
  private final Shape value;
  private final boolean keepsNothing;
  private final boolean hasNotes;

  /**
   * A mapping of names. Keys that begin with {@code x-} are notes, as everywhere.
   *
   * @param label what they are: {@code services}
   * @param name what one has to look like
   * @param keepsNothing whether {@code name:} alone means something
   */
  MapOf(String label, Pattern name, Shape value, boolean keepsNothing) {
    this(label, name, value, keepsNothing, true);
  }

  private MapOf(String label, Pattern name, Shape value, boolean keepsNothing, boolean hasNotes) {
    this.label = label;
    this.name = name;
    this.value = value;
    this.keepsNothing = keepsNothing;
    this.hasNotes = hasNotes;
  }

  /** Services are an exception: one may be called {@code x-ray}. */
  static MapOf services(String label, Shape value) {
    return new MapOf(label, Names.NAME, value, false, false);
  }

  private boolean isNote(String key) {
    return hasNotes && key.startsWith("x-");
  }

  @Override
  public Optional<Keys> form() {
    return value.form();
  }

  @Override
  public String label() {
    return "map of " + label;
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    if (!(node instanceof YamlMap map)) {
      where.wrong(node, "has to be a mapping of " + label + ", and is " + node.portrait(), "");
      return Optional.empty();
    }
    Map<String, YamlEntry> canonical = new LinkedHashMap<>();
    map.entries()
        .forEach(
            (key, entry) -> {
              if (isNote(key)) {
                // Kept as it is: it is not one of the things named here.
                canonical.put(key, entry);
                return;
              }
              if (!name.matcher(key).matches()) {
                where
                    .problems()
                    .add(
                        entry.keyAt(),
                        where.at(key).path() + ": this can't be a name",
                        "begin with a letter or digit; go on with those, '.', '_' and '-'");
              }
              read(entry.value(), where.at(key))
                  .ifPresent(read -> canonical.put(key, new YamlEntry(entry.keyAt(), read)));
            });
    return Optional.of(new YamlMap(map.at(), map.directive(), canonical));
  }

  private Optional<YamlNode> read(YamlNode node, Where where) {
    return node.isNothing() && keepsNothing
        ? Optional.of(node)
        : node.isNothing()
            ? Shape.read(value, YamlMap.empty(node.at()).with(node.directive()), where)
            : Shape.read(value, node, where);
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    return Maps.merged(
        (YamlMap) earlier, (YamlMap) later, key -> isNote(key) ? Anything.ANYTHING : value);
  }
}

package io.dockherd.compose.schema;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.yaml.Directive;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names with texts, as a mapping or as a list of {@code NAME=text}: environment, labels, sysctls.
 * Canonical: the mapping.
 */
final class NamedTexts implements Shape {
  private final boolean asksEnvironment;

  private NamedTexts(boolean asksEnvironment) {
    this.asksEnvironment = asksEnvironment;
  }

  /** A name without a text has an empty one. */
  static NamedTexts plain() {
    return new NamedTexts(false);
  }

  /** A name without a text has the caller's own, or none, which stays nothing. */
  static NamedTexts orFromEnvironment() {
    return new NamedTexts(true);
  }

  @Override
  public String label() {
    return "map or list of NAME=text";
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    Map<String, YamlEntry> canonical = new LinkedHashMap<>();
    switch (node) {
      case YamlMap map ->
          map.entries()
              .forEach(
                  (name, entry) ->
                      put(canonical, name, entry.keyAt(), entry.value(), where.at(name)));
      case YamlList list -> {
        for (int i = 0; i < list.items().size(); i++) {
          item(canonical, list.items().get(i), where.at(i));
        }
      }
      case YamlScalar scalar -> {
        where.wrong(node, "has to be a mapping or a list, and is " + node.portrait(), "");
        return Optional.empty();
      }
    }
    return Optional.of(new YamlMap(node.at(), node.directive(), canonical));
  }

  private void item(Map<String, YamlEntry> canonical, YamlNode item, Where where) {
    if (!(item instanceof YamlScalar scalar)) {
      where.wrong(item, "has to be NAME=text, and is " + item.portrait(), "");
      return;
    }
    String text = scalar.text();
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    if (name.isBlank()) {
      where.wrong(item, "has no name before the '='", "write NAME=text");
      return;
    }
    YamlScalar value =
        equals < 0
            ? YamlScalar.nothing(item.at())
            : YamlScalar.text(item.at(), text.substring(equals + 1));
    put(canonical, name, item.at(), value.with(item.directive()), where);
  }

  private void put(
      Map<String, YamlEntry> canonical, String name, Position keyAt, YamlNode value, Where where) {
    if (!(value instanceof YamlScalar scalar)) {
      where.wrong(value, "has to be a text, and is " + value.portrait(), "");
      return;
    }
    boolean isReset = value.directive() == Directive.RESET;
    YamlNode text =
        isReset
            ? value
            : scalar.isNothing() ? missing(name, scalar, where) : Scalars.asText(scalar, where);
    canonical.put(name, new YamlEntry(keyAt, text));
  }

  private YamlNode missing(String name, YamlScalar nothing, Where where) {
    if (!asksEnvironment) {
      return YamlScalar.text(nothing.at(), "");
    }
    return where
        .variables()
        .value(name)
        .<YamlNode>map(text -> YamlScalar.text(nothing.at(), text))
        .orElse(nothing);
  }

  /** Key by key; a later nothing takes an earlier text away, for it asks for the caller's own. */
  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    Map<String, YamlEntry> merged = new LinkedHashMap<>(((YamlMap) earlier).entries());
    merged.putAll(((YamlMap) later).entries());
    return new YamlMap(later.at(), earlier.directive(), merged);
  }
}

package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;

/**
 * A value that may be written short, as a text, or long, as a mapping. Canonical: the mapping; a
 * short one may stand for several.
 */
final class ShortOrLong implements Shape, ListOf.Items {
  private final Expansion expansion;
  private final Keys form;

  /** The long forms a short one stands for; what is wrong with it is told, and none given. */
  interface Expansion {
    List<YamlMap> expand(YamlScalar written, Where where);
  }

  ShortOrLong(Expansion expansion, Keys form) {
    this.expansion = expansion;
    this.form = form;
  }

  @Override
  public Optional<Keys> form() {
    return Optional.of(form);
  }

  @Override
  public String label() {
    return "text or mapping";
  }

  @Override
  public List<YamlNode> read(YamlNode item, Where where) {
    if (item instanceof YamlScalar scalar) {
      return expansion.expand(scalar, where).stream()
          .flatMap(map -> form.canonical(map, where).stream())
          .map(map -> map.with(item.directive()))
          .toList();
    }
    return Shape.read(form, item, where).stream().toList();
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    return read(node, where).stream().findFirst();
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    return form.merged(earlier, later);
  }
}

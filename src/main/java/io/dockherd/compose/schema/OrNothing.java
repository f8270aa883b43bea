package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlNode;
import java.util.Optional;

/** A shape whose key may be written with nothing behind it, which is then kept. */
record OrNothing(Shape shape) implements Shape {
  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    return shape.canonical(node, where);
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    return shape.merged(earlier, later);
  }

  @Override
  public String label() {
    return shape.label();
  }

  @Override
  public boolean keepsNothing() {
    return true;
  }
}

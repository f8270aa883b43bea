package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.Directive;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.Optional;

/** What a value may look like, the one canonical form it is given, and how two become one. */
public interface Shape {
  /**
   * The canonical form of a value that is not nothing.
   *
   * @return empty when it is wrong, which has been told by then
   */
  Optional<YamlNode> canonical(YamlNode node, Where where);

  /** The canonical value that an earlier file's and a later file's make. */
  default YamlNode merged(YamlNode earlier, YamlNode later) {
    return later;
  }

  /** In a word, for the table of keys: {@code text}, {@code list of ports}. */
  String label();

  /** The keys a value of this shape, or each item of it, may have; empty when it has none. */
  default Optional<Keys> form() {
    return Optional.empty();
  }

  /** Whether nothing is a value of its own, and not as good as leaving the key out. */
  default boolean keepsNothing() {
    return false;
  }

  /** {@link #canonical}, for whatever stands at a key: tags and nothing are looked after. */
  static Optional<YamlNode> read(Shape shape, YamlNode node, Where where) {
    if (node.directive() == Directive.RESET) {
      return Optional.of(YamlScalar.nothing(node.at()).with(Directive.RESET));
    }
    if (node.isNothing()) {
      return shape.keepsNothing() ? Optional.of(node) : Optional.empty();
    }
    return shape.canonical(node, where).map(read -> read.with(node.directive()));
  }

  /**
   * {@link #merged} for whatever two files hold at a key. A tag outlives the merge, for the file
   * may be merged onto a still earlier one.
   */
  static YamlNode merge(Shape shape, YamlNode earlier, YamlNode later) {
    if (later.directive() != Directive.NONE) {
      return later;
    }
    return switch (earlier.directive()) {
      case RESET -> later.with(Directive.OVERRIDE);
      case NONE, OVERRIDE ->
          earlier.isNothing() || later.isNothing()
              ? later.isNothing() ? earlier : later.with(earlier.directive())
              : shape.merged(earlier, later).with(earlier.directive());
    };
  }
}

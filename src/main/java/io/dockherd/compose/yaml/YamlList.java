package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;
import java.util.List;
import java.util.Objects;

/** A sequence. */
public record YamlList(Position at, Directive directive, List<YamlNode> items) implements YamlNode {
  public YamlList {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(directive, "directive");
    items = List.copyOf(items);
  }

  /** A list without a tag. */
  public static YamlList of(Position at, List<? extends YamlNode> items) {
    return new YamlList(at, Directive.NONE, List.copyOf(items));
  }

  @Override
  public YamlList with(Directive other) {
    return new YamlList(at, other, items);
  }
}

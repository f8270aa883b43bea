package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;

/** A value in a YAML file, and where it was written. Immutable; an alias is the node it names. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
  /** Where it begins. */
  Position at();

  /** What its tag says about merging. */
  Directive directive();

  /** The same with another directive. */
  YamlNode with(Directive directive);

  /** Whether it is null: nothing was written, or {@code null}, or {@code ~}. */
  default boolean isNothing() {
    return this instanceof YamlScalar scalar && scalar.kind() == YamlScalar.Kind.NOTHING;
  }

  /** What it is, for somebody who expected something else: {@code the list}, {@code 'text'}. */
  default String portrait() {
    return switch (this) {
      case YamlMap map -> "a mapping";
      case YamlList list -> "a list";
      case YamlScalar scalar -> scalar.isNothing() ? "nothing" : scalar.quoted();
    };
  }
}

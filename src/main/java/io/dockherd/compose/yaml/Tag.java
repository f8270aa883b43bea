package io.dockherd.compose.yaml;

import io.dockherd.compose.yaml.YamlScalar.Kind;
import java.util.Optional;

/** The tags a value may carry: Compose's two, and YAML's own for the types it has. */
enum Tag {
  NONE,
  RESET,
  OVERRIDE,
  TEXT,
  FLAG,
  WHOLE,
  DECIMAL,
  NOTHING,
  MAP,
  LIST;

  private static final String CORE = "tag:yaml.org,2002:";

  /** The tag as the parser gives it; empty when it is none of these. */
  static Optional<Tag> of(String written) {
    return Optional.ofNullable(
        switch (written) {
          case "" -> NONE;
          case "!" -> TEXT;
          case "!reset" -> RESET;
          case "!override" -> OVERRIDE;
          case CORE + "str" -> TEXT;
          case CORE + "bool" -> FLAG;
          case CORE + "int" -> WHOLE;
          case CORE + "float" -> DECIMAL;
          case CORE + "null" -> NOTHING;
          case CORE + "map" -> MAP;
          case CORE + "seq" -> LIST;
          default -> null;
        });
  }

  Directive directive() {
    return switch (this) {
      case RESET -> Directive.RESET;
      case OVERRIDE -> Directive.OVERRIDE;
      case NONE, TEXT, FLAG, WHOLE, DECIMAL, NOTHING, MAP, LIST -> Directive.NONE;
    };
  }

  /** Whether it says what a scalar's text is to be taken for, quoted or not. */
  boolean isTyped() {
    return switch (this) {
      case FLAG, WHOLE, DECIMAL, NOTHING -> true;
      case NONE, RESET, OVERRIDE, TEXT, MAP, LIST -> false;
    };
  }

  /** Whether a scalar of that kind may carry it. */
  boolean fits(Kind kind) {
    return switch (this) {
      case NONE, RESET, OVERRIDE -> true;
      case TEXT -> kind == Kind.TEXT;
      case FLAG -> kind == Kind.FLAG;
      case WHOLE -> kind == Kind.WHOLE;
      case DECIMAL -> kind == Kind.DECIMAL || kind == Kind.WHOLE;
      case NOTHING -> kind == Kind.NOTHING;
      case MAP, LIST -> false;
    };
  }
}

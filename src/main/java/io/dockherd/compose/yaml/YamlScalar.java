package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;
import java.util.Objects;

/**
 * A text, number, truth value or nothing.
 *
 * @param text as written, without quotes; "" for nothing
 * @param kind what plain YAML takes it for
 */
public record YamlScalar(Position at, Directive directive, String text, Kind kind)
    implements YamlNode {
  private static final int SHOWN = 60;

  /** What plain YAML takes a scalar for. Quoted ones are always {@link #TEXT}. */
  public enum Kind {
    /** Anything else. */
    TEXT,
    /** {@code true} or {@code false}. */
    FLAG,
    /** {@code 12}, {@code -3}, {@code 0440}, {@code 0o440}, {@code 0x1f}. */
    WHOLE,
    /** {@code 1.5}, {@code 1e3}. */
    DECIMAL,
    /** Null. */
    NOTHING
  }

  public YamlScalar {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(directive, "directive");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(kind, "kind");
  }

  /** A text. */
  public static YamlScalar text(Position at, String text) {
    return new YamlScalar(at, Directive.NONE, text, Kind.TEXT);
  }

  /** A whole number. */
  public static YamlScalar whole(Position at, long number) {
    return new YamlScalar(at, Directive.NONE, Long.toString(number), Kind.WHOLE);
  }

  /** A truth value. */
  public static YamlScalar flag(Position at, boolean value) {
    return new YamlScalar(at, Directive.NONE, Boolean.toString(value), Kind.FLAG);
  }

  /** Null. */
  public static YamlScalar nothing(Position at) {
    return new YamlScalar(at, Directive.NONE, "", Kind.NOTHING);
  }

  @Override
  public YamlScalar with(Directive other) {
    return new YamlScalar(at, other, text, kind);
  }

  /** The text in apostrophes, cut where it is long, on one line. */
  String quoted() {
    String line = text.replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "'";
  }
}

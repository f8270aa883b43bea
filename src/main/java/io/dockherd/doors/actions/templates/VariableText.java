package io.dockherd.doors.actions.templates;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A string with variables in it, taken apart. {@code ${A}} is the variable's value; {@code
 * ${A:-text}} is {@code text} when it is not given or empty; {@code ${A-text}} when it is not
 * given; {@code $$} is one dollar sign; any other dollar sign is itself. A default is plain text,
 * up to the next closing brace.
 */
record VariableText(String source, List<Part> parts) {
  /** A piece of it. */
  sealed interface Part {
    /** As it stands. */
    record Plain(String text) implements Part {}

    /**
     * A variable.
     *
     * @param fallback what it is when not given
     * @param orEmpty whether an empty value counts as not given
     */
    record Variable(String name, Optional<String> fallback, boolean orEmpty) implements Part {}
  }

  VariableText {
    parts = List.copyOf(parts);
  }

  /**
   * Takes a string apart.
   *
   * @throws Invalid when a variable is not closed or not named
   */
  static VariableText parse(String source) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
      if (c == '$' && next == '$') {
        plain.append('$');
        at += 2;
      } else if (c == '$' && next == '{') {
        int end = source.indexOf('}', at);
        if (end < 0) {
          throw new Invalid(
              source,
              "'" + source + "' has a '${' without its '}'",
              "write $${ for one that is none");
        }
        if (!plain.isEmpty()) {
          parts.add(new Part.Plain(plain.toString()));
          plain.setLength(0);
        }
        parts.add(variable(source.substring(at + 2, end), source));
        at = end + 1;
      } else {
        plain.append(c);
        at++;
      }
    }
    if (!plain.isEmpty()) {
      parts.add(new Part.Plain(plain.toString()));
    }
    return new VariableText(source, parts);
  }

  /** Whether there is a variable in it. */
  boolean isVariable() {
    return parts.stream().anyMatch(Part.Variable.class::isInstance);
  }

  /**
   * The string with its variables put in.
   *
   * @throws Invalid when one has neither a value nor a default
   */
  String with(Variables variables) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Plain(String plain) -> plain;
            case Part.Variable variable -> value(variable, variables);
          });
    }
    return text.toString();
  }

  private static String value(Part.Variable variable, Variables variables) {
    return variables
        .get(variable.name())
        .filter(value -> !(variable.orEmpty() && value.isEmpty()))
        .or(variable::fallback)
        .orElseThrow(
            () ->
                new Invalid(
                    variable.name(),
                    "the template needs the variable '" + variable.name() + "'",
                    "give it in 'variables'"));
  }

  private static Part variable(String inside, String source) {
    int dash = inside.indexOf('-');
    boolean orEmpty = dash > 0 && inside.charAt(dash - 1) == ':';
    String name = dash < 0 ? inside : inside.substring(0, orEmpty ? dash - 1 : dash);
    if (!Variables.isName(name)) {
      throw new Invalid(
          source,
          "'${" + inside + "}' is no variable",
          "write ${NAME}, ${NAME:-default} or ${NAME-default}; $${ for one that is none");
    }
    Optional<String> fallback =
        dash < 0 ? Optional.empty() : Optional.of(inside.substring(dash + 1));
    return new Part.Variable(name, fallback, orEmpty);
  }
}

package io.dockherd.compose.interpolation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A text with variables in it: {@code $V}, {@code ${V}}, {@code ${V:-d}} and {@code ${V-d}} (a
 * default when it is unset or empty, or only unset), {@code ${V:?e}} and {@code ${V?e}} (an error
 * then), {@code ${V:+r}} and {@code ${V+r}} (another text when it is set), each nested to any sane
 * depth, and {@code $$} for a dollar sign. Source: spec of Compose files, interpolation.
 */
public final class Template {
  /** A value this long is an attack: a handful of variables doubled a few times. */
  private static final int LONGEST = 1 << 20;

  private final List<Piece> pieces;

  Template(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  /**
   * The template a text is.
   *
   * @throws BadTemplate when a dollar sign in it begins nothing known
   */
  public static Template parse(String text) throws BadTemplate {
    return new TemplateParser(text).parse();
  }

  /**
   * The text with its variables put in.
   *
   * @param unset told each name that has no value and no default: an empty text takes its place
   * @throws BadTemplate when a variable that is required has no value
   */
  public String fill(Variables variables, Consumer<String> unset) throws BadTemplate {
    StringBuilder filled = new StringBuilder();
    for (Piece piece : pieces) {
      filled.append(
          switch (piece) {
            case Piece.Text text -> text.text();
            case Piece.Variable variable -> fill(variable, variables, unset);
          });
      if (filled.length() > LONGEST) {
        throw new BadTemplate(
            "with its variables put in this is longer than " + LONGEST + " characters",
            "put what is long into a file");
      }
    }
    return filled.toString();
  }

  private static String fill(Piece.Variable variable, Variables variables, Consumer<String> unset)
      throws BadTemplate {
    Optional<String> value = variables.value(variable.name());
    Optional<String> counting =
        variable.operator().wantsText() ? value.filter(text -> !text.isEmpty()) : value;
    return switch (variable.operator()) {
      case NONE -> {
        if (value.isEmpty()) {
          unset.accept(variable.name());
        }
        yield value.orElse("");
      }
      case DEFAULT_IF_EMPTY, DEFAULT ->
          counting.isPresent() ? counting.get() : variable.operand().fill(variables, unset);
      case INSTEAD_IF_NOT_EMPTY, INSTEAD ->
          counting.isPresent() ? variable.operand().fill(variables, unset) : "";
      case REQUIRED_NOT_EMPTY, REQUIRED -> {
        if (counting.isPresent()) {
          yield counting.get();
        }
        String said = variable.operand().fill(variables, unset);
        throw new BadTemplate(
            "the variable "
                + variable.name()
                + (value.isPresent() ? " is empty" : " is not set")
                + (said.isEmpty() ? "" : ": " + said),
            "set it in the environment or in the .env file");
      }
    };
  }
}

package io.dockherd.compose.interpolation;

import io.dockherd.compose.interpolation.Piece.Operator;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link Template} from left to right. */
final class TemplateParser {
  private static final int DEEPEST = 50;
  private static final String ESCAPE = "write $$ for a dollar sign that begins no variable";

  private final String text;
  private int at;

  TemplateParser(String text) {
    this.text = text;
  }

  Template parse() throws BadTemplate {
    return parse(0);
  }

  /** Up to the end, or, within a variable, up to the brace that ends it. */
  private Template parse(int depth) throws BadTemplate {
    if (depth > DEEPEST) {
      throw new BadTemplate("variables lie too deep within each other", "nest them less");
    }
    List<Piece> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int braces = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}' && depth > 0 && braces-- == 0) {
        break;
      }
      if (c == '{' && depth > 0) {
        braces++;
      }
      if (c != '$') {
        literal.append(c);
        at++;
      } else if (text.startsWith("$$", at)) {
        literal.append('$');
        at += 2;
      } else {
        pieces.add(new Piece.Text(literal.toString()));
        literal.setLength(0);
        pieces.add(variable(depth));
      }
    }
    pieces.add(new Piece.Text(literal.toString()));
    return new Template(pieces);
  }

  private Piece variable(int depth) throws BadTemplate {
    int start = at++;
    boolean isBraced = at < text.length() && text.charAt(at) == '{';
    if (isBraced) {
      at++;
    }
    String name = name();
    if (name.isEmpty()) {
      throw new BadTemplate("'" + excerpt(start) + "' is not a variable", ESCAPE);
    }
    if (!isBraced) {
      return new Piece.Variable(name, Operator.NONE, new Template(List.of()));
    }
    Operator operator = operator();
    Template operand = operator == Operator.NONE ? new Template(List.of()) : parse(depth + 1);
    if (at >= text.length() || text.charAt(at) != '}') {
      throw new BadTemplate("'" + excerpt(start) + "' is not a variable: no '}' ends it", ESCAPE);
    }
    at++;
    return new Piece.Variable(name, operator, operand);
  }

  private Operator operator() {
    for (Operator operator : Operator.values()) {
      if (operator != Operator.NONE && text.startsWith(operator.sign(), at)) {
        at += operator.sign().length();
        return operator;
      }
    }
    return Operator.NONE;
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean isFirst) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '_'
        || !isFirst && c >= '0' && c <= '9';
  }

  private String excerpt(int start) {
    int end = Math.min(text.length(), start + 30);
    return text.substring(start, end).replace("\n", "\\n") + (end < text.length() ? "…" : "");
  }
}

package io.dockherd.compose.interpolation;

/** A part of a template: text as it is, or a variable. */
sealed interface Piece {
  /** Text as it is. */
  record Text(String text) implements Piece {}

  /**
   * A variable.
   *
   * @param operand what follows the operator; empty for {@link Operator#NONE}
   */
  record Variable(String name, Operator operator, Template operand) implements Piece {}

  /** What is done with a variable; those of two characters take an empty value for none. */
  enum Operator {
    NONE(""),
    DEFAULT_IF_EMPTY(":-"),
    DEFAULT("-"),
    REQUIRED_NOT_EMPTY(":?"),
    REQUIRED("?"),
    INSTEAD_IF_NOT_EMPTY(":+"),
    INSTEAD("+");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }

    /** Whether an empty value counts as none. */
    boolean wantsText() {
      return sign.startsWith(":");
    }
  }
}

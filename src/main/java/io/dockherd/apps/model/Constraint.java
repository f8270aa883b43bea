package io.dockherd.apps.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Which nodes an app's instances may be on, by what a node says of itself: its name ({@link #NODE})
 * or a label. The operators and what they mean are Marathon's.
 *
 * <pre>{"field":"zone","operator":"group-by","value":"3"}</pre>
 *
 * @param field {@link #NODE} or a label's name
 * @param value "" for none
 */
public record Constraint(String field, Operator operator, String value) {
  /** The field that is the node's name. */
  public static final String NODE = "node";

  /**
   * How a node's value is held against the constraint. A node without the label: only UNLIKE,
   * IS_NOT.
   */
  public enum Operator {
    /** No two instances on one value. */
    UNIQUE,
    /** All on one value; without one the first instance decides. */
    CLUSTER,
    /** Evenly over the values; with a number, over that many at least. */
    GROUP_BY,
    /** The whole value matches the pattern. */
    LIKE,
    /** It does not. */
    UNLIKE,
    /** At most that many instances on a value. */
    MAX_PER,
    /** The value is that. */
    IS,
    /** It is not. */
    IS_NOT
  }

  /** Checks that the operator has the value it needs. */
  public Constraint {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(value, "value");
    if (field.isEmpty()) {
      throw new IllegalArgumentException("a constraint names a field");
    }
    switch (operator) {
      case UNIQUE -> require(value.isEmpty(), "UNIQUE takes no value");
      case CLUSTER, IS, IS_NOT -> {}
      case GROUP_BY -> require(value.isEmpty() || isNumber(value), "GROUP_BY takes a number");
      case MAX_PER -> require(isNumber(value), "MAX_PER takes a number");
      case LIKE, UNLIKE ->
          require(!value.isEmpty() && isPattern(value), operator + " takes a regular expression");
    }
  }

  private static void require(boolean isSo, String message) {
    if (!isSo) {
      throw new IllegalArgumentException(message);
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("[1-9][0-9]{0,6}");
  }

  /** Whether it is a regular expression as RE2 has it: one that no text takes long to match. */
  public static boolean isPattern(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  static Constraint of(JsonObject json) {
    return new Constraint(
        json.getString("field"),
        JsonReading.choice(json, "operator", Operator.class, Operator.IS),
        json.getString("value", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("field", field)
        .put("operator", JsonReading.word(operator))
        .put("value", value);
  }
}

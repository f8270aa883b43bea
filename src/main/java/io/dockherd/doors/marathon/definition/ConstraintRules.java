package io.dockherd.doors.marathon.definition;

import io.dockherd.apps.model.Constraint;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What constraints may be: {@code ["hostname","UNIQUE"]}. */
public final class ConstraintRules {
  private static final Set<String> NODE_FIELDS = Set.of("hostname", "@hostname");

  private final JsonObject app;
  private final Violations wrong;

  ConstraintRules(JsonObject app, Violations wrong) {
    this.app = app;
    this.wrong = wrong;
  }

  /** What a field is called in the herd: {@code @zone} is a label of nodes like others. */
  public static String field(String said) {
    return NODE_FIELDS.contains(said)
        ? Constraint.NODE
        : said.startsWith("@") ? said.substring(1) : said;
  }

  void check() {
    JsonArray constraints = app.getJsonArray("constraints");
    for (int i = 0; i < constraints.size(); i++) {
      List<String> parts = constraints.getJsonArray(i).stream().map(String.class::cast).toList();
      check(parts, "/constraints(" + i + ")");
    }
  }

  private void check(List<String> parts, String path) {
    if (parts.size() < 2 || parts.size() > 3) {
      wrong.add(path, "Each constraint must have either 2 or 3 fields");
      return;
    }
    wrong.require(!field(parts.getFirst()).isBlank(), path, "Missing field");
    String value = parts.size() == 3 ? parts.get(2) : "";
    switch (parts.get(1)) {
      case "UNIQUE" -> wrong.require(parts.size() == 2, path, "Value specified but not used");
      case "CLUSTER" -> {}
      case "GROUP_BY" ->
          wrong.require(
              value.isEmpty() || isNumber(value), path, "Value was specified but is not a number");
      case "MAX_PER" -> {
        wrong.require(!value.isEmpty(), path, "Missing value");
        wrong.require(
            value.isEmpty() || isNumber(value), path, "Value was specified but is not a number");
      }
      case "LIKE", "UNLIKE" -> {
        wrong.require(!value.isEmpty(), path, "A regular expression value must be provided");
        wrong.require(
            Constraint.isPattern(value), path, "'" + value + "' is not a valid regular expression");
      }
      case "IS" -> wrong.require(!value.isEmpty(), path, "Missing value");
      default ->
          wrong.add(
              path,
              "Operator must be one of the following UNIQUE, CLUSTER, GROUP_BY, LIKE, MAX_PER, IS"
                  + " or UNLIKE");
    }
  }

  private static boolean isNumber(String text) {
    return text.matches("[1-9][0-9]{0,6}");
  }
}

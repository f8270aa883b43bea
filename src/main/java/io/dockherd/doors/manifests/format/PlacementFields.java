package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Constraint.Operator;
import io.dockherd.apps.model.PlacementRules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a container may be: {@code constraints} like {@code node==host-1} or {@code zone!=east}, as
 * Docker writes them ({@code node.hostname}, {@code node.labels.zone}) or shorter, and {@code
 * max_per_node}, where Dokkaa had one.
 */
final class PlacementFields {
  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z0-9_./-]+)\\s*(==|!=)\\s*(\\S(?:.*\\S)?)\\s*");

  private static final List<String> NODE = List.of("node", "node.hostname", "node.name");
  private static final List<String> LABELS = List.of("node.labels.", "engine.labels.");
  private static final int MOST = 1_000;

  private PlacementFields() {}

  static PlacementRules read(Fields manifest) {
    return new PlacementRules(
        manifest.list("constraints", PlacementFields::constraint),
        List.of(),
        List.of(),
        manifest.whole("max_per_node", 1, MOST).orElse(0));
  }

  private static Constraint constraint(Fields.Member member) {
    Matcher form = FORM.matcher(member.word());
    if (!form.matches()) {
      throw member.mistyped("a condition like node==host-1 or zone!=east");
    }
    Operator operator = form.group(2).equals("==") ? Operator.IS : Operator.IS_NOT;
    return new Constraint(field(member, form.group(1)), operator, form.group(3));
  }

  private static String field(Fields.Member member, String name) {
    if (NODE.contains(name)) {
      return Constraint.NODE;
    }
    for (String prefix : LABELS) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        return name.substring(prefix.length());
      }
    }
    if (name.startsWith("node.") || name.startsWith("engine.")) {
      throw member.wrong(
          "asks for '" + name + "', which is not known of a node here",
          "ask for node.hostname or for a label, node.labels.zone");
    }
    return name;
  }
}

package io.dockherd.apps.compose;

import io.dockherd.failure.Refused;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can't be run as it is written, and what will be otherwise than it looks; told together. */
final class Findings {
  private static final int SHOWN = 50;

  private final String project;
  private final Set<Finding> refused = new LinkedHashSet<>();
  private final Map<String, String> warnings = new LinkedHashMap<>();

  Findings(String project) {
    this.project = project;
  }

  private record Finding(String what, String remedy) {
    @Override
    public String toString() {
      return remedy.isEmpty() ? what : what + "; " + remedy;
    }
  }

  void refuse(String what, String remedy) {
    refused.add(new Finding(printable(what), remedy));
  }

  /** Tells it once for each matter. */
  void warn(String matter, String text) {
    warnings.putIfAbsent(matter, printable(text));
  }

  /** What a stranger wrote may be quoted in it, and is not to command a terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  List<String> warnings() {
    return List.copyOf(warnings.values());
  }

  /**
   * Goes on only when nothing was refused.
   *
   * @throws Refused with a line for each
   */
  void check() {
    if (refused.size() == 1) {
      Finding only = refused.iterator().next();
      throw new Refused(project, only.what(), only.remedy());
    }
    if (!refused.isEmpty()) {
      StringBuilder lines = new StringBuilder(refused.size() + " things can't be run:");
      refused.stream().limit(SHOWN).forEach(finding -> lines.append("\n  ").append(finding));
      if (refused.size() > SHOWN) {
        lines.append("\n  and ").append(refused.size() - SHOWN).append(" more");
      }
      throw new Refused(project, lines.toString(), "");
    }
  }
}

package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a change of apps is made, or only looked at. */
final class ChangeFlags {
  @Option(names = "--force", description = "in the place of a rollout that is under way")
  private boolean force;

  @Option(names = "--dry-run", description = "only show what would be done")
  private boolean dryRun;

  boolean isDryRun() {
    return dryRun;
  }

  /** As the door is asked: {@code ?force=true&dryRun=true}; "" for neither. */
  String query() {
    List<String> said = new ArrayList<>();
    if (force) {
      said.add("force=true");
    }
    if (dryRun) {
      said.add("dryRun=true");
    }
    return said.isEmpty() ? "" : "?" + String.join("&", said);
  }

  /** What would be done to what, a step a line. */
  static void print(String what, JsonObject plan, PrintWriter out) {
    int steps = steps(plan, out);
    String count = steps == 1 ? "1 step" : steps + " steps";
    out.println(what + ": " + (steps == 0 ? "nothing to do" : count + " to do"));
    out.flush();
  }

  /** The steps of a plan, each on a line, and what it waits for; answers how many steps. */
  static int steps(JsonObject plan, PrintWriter out) {
    List<JsonObject> steps = AppTables.objects(plan, "steps");
    steps.forEach(step -> out.println("  " + step.getString("words")));
    JsonObject waiting = plan.getJsonObject("waiting");
    if (waiting != null) {
      out.println("  waits: " + waiting.getString("reason"));
    }
    out.flush();
    return steps.size();
  }
}

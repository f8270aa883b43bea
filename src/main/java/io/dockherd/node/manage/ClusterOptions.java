package io.dockherd.node.manage;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code --cluster-opt} said.
 *
 * @param overcommit how much more may be reserved than there is: 0.05 is a twentieth
 * @param notes what was said and changes nothing
 */
record ClusterOptions(double overcommit, List<String> notes) {
  private static final double USUAL_OVERCOMMIT = 0.05;

  static ClusterOptions of(List<String> options) {
    double overcommit = USUAL_OVERCOMMIT;
    List<String> notes = new ArrayList<>();
    for (String option : options) {
      String[] parts = option.split("=", 2);
      String value = parts.length == 2 ? parts[1].strip() : "";
      switch (parts[0].strip()) {
        case "swarm.overcommit" -> overcommit = overcommit(value);
        case "swarm.createretry" -> {
          checkRetries(value);
          notes.add(
              "--cluster-opt swarm.createretry changes nothing: what an engine refuses goes to the"
                  + " next best one anyway");
        }
        default -> notes.add("--cluster-opt " + option + " is not known and changes nothing");
      }
    }
    return new ClusterOptions(overcommit, notes);
  }

  private static double overcommit(String value) {
    double overcommit = number("swarm.overcommit", value);
    if (!(overcommit > -1) || Double.isInfinite(overcommit)) {
      throw new Invalid(
          "swarm.overcommit",
          String.format(
              Locale.ROOT, "swarm.overcommit should be larger than -1, %f is invalid", overcommit),
          "0.05 is the default");
    }
    return overcommit;
  }

  private static void checkRetries(String value) {
    long retries = (long) number("swarm.createretry", value);
    if (retries < 0) {
      throw new Invalid(
          "swarm.createretry",
          "swarm.createretry can not be negative, " + retries + " is invalid",
          "0 is the default");
    }
  }

  private static double number(String option, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new Invalid(option, option + " is a number, not '" + value + "'", "", e);
    }
  }
}

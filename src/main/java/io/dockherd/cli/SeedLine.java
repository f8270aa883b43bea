package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The start line of Dockherd's forerunner, {@code -conf conf.json -cluster -cluster-host H}, as the
 * node command: whoever has it in a script need not change it.
 */
final class SeedLine {
  private SeedLine() {}

  /**
   * The same arguments, or the node command's when they are a seed's start line.
   *
   * @throws Invalid when it is one, but with an option that has no counterpart
   */
  static List<String> translate(String... args) {
    if (args.length == 0 || !(args[0].equals("-conf") || args[0].startsWith("-cluster"))) {
      return List.of(args);
    }
    List<String> translated = new ArrayList<>(List.of("node"));
    boolean mayBeValue = false;
    for (Iterator<String> rest = List.of(args).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      if (mayBeValue && !option.startsWith("-")) {
        translated.add(option);
        mayBeValue = false;
        continue;
      }
      mayBeValue = option.startsWith("--") && !option.contains("=");
      switch (option) {
        case "-cluster" -> {} // A node is always ready to be one of many; the key decides.
        case "-conf" -> take(translated, "--config", option, rest);
        case "-cluster-host" -> take(translated, "--address", option, rest);
        case "-cluster-port" -> take(translated, "--bus-port", option, rest);
        default -> {
          if (!option.startsWith("--")) {
            throw new Invalid(
                option,
                "the start line's option '" + option + "' has no counterpart here",
                "leave it out, or see 'dockherd node --help'");
          }
          translated.add(option);
        }
      }
    }
    return translated;
  }

  private static void take(
      List<String> translated, String flag, String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new Invalid(option, "the option '" + option + "' has no value", "give it one");
    }
    translated.add(flag + "=" + rest.next());
  }
}

package io.dockherd.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Classic Swarm's command lines: their flags may have one dash or two, as Go's have. Here one dash
 * stands before one letter.
 */
final class ManageLine {
  private static final Map<String, String> NAMES =
      Map.of(
          "manage", "manage", "m", "manage", "join", "join", "j", "join", "list", "list", "l",
          "list");

  private ManageLine() {}

  /** The same line with two dashes before long options; any other command's as it is. */
  static List<String> translate(List<String> line) {
    if (line.isEmpty() || !NAMES.containsKey(line.getFirst())) {
      return line;
    }
    List<String> translated = new ArrayList<>(List.of(NAMES.get(line.getFirst())));
    for (String argument : line.subList(1, line.size())) {
      translated.add(isLong(argument) ? "-" + argument : argument);
    }
    return translated;
  }

  /** {@code -cluster-opt}, {@code -tls=true}; not {@code -H=…} nor {@code -Htcp://…}. */
  private static boolean isLong(String argument) {
    return argument.matches("-[a-z][a-z-]+(=.*)?");
  }
}

package io.dockherd.compose.interpolation;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of variables: {@code .env}, or one that {@code env_file} names.
 *
 * <pre>
 * # a comment
 * export NAME=value          # a comment needs a blank before it
 * OTHER: "with ${NAME}\n"    # escapes and variables
 * THIRD='$ as it is'
 * FOURTH                     # the caller's own value, or none
 * </pre>
 *
 * <p>Quoted values may run over lines. A variable means what the caller's environment says, else
 * what a line above says.
 *
 * @param values in the order written; empty where the caller's own value was asked for and there is
 *     none
 */
public record EnvironmentFile(Map<String, Optional<String>> values) {
  static final String FORM = "write NAME=value";

  public EnvironmentFile {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The variables a text gives.
   *
   * @param file what to call it
   * @param outer the caller's environment
   * @param problems gathers what is wrong in it
   */
  public static EnvironmentFile read(String file, String text, Variables outer, Problems problems) {
    return new EnvironmentFileReader(file, text.replace("\r\n", "\n"), outer, problems).read();
  }

  /** {@code NAME=value} lines taken to the letter: no quotes, no variables. */
  public static EnvironmentFile readRaw(String file, String text, Problems problems) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.replace("\r\n", "\n").split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      if (equals < 1) {
        problems.add(new Position(file, number, 1), "this line gives no variable", FORM);
      } else {
        values.put(line.substring(0, equals), Optional.of(line.substring(equals + 1)));
      }
    }
    return new EnvironmentFile(values);
  }

  /** Those that have a value. */
  public Map<String, String> present() {
    Map<String, String> present = new LinkedHashMap<>();
    values.forEach((name, value) -> value.ifPresent(text -> present.put(name, text)));
    return present;
  }
}

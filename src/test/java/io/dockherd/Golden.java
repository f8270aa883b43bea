package io.dockherd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Golden files: input above a line of dashes, what comes of it below. A case is added by adding a
 * file; with {@code -Dgolden.write=true} the lower halves are written anew, to be read in the diff.
 */
public final class Golden {
  private static final String LINE = "\n----------\n";

  private Golden() {}

  /** A test for each file in a folder of the test resources, by name. */
  public static List<DynamicTest> tests(String folder, UnaryOperator<String> rule)
      throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(Path.of("src/test/resources", folder), "*.golden")) {
      found.forEach(files::add);
    }
    files.sort(null);
    Assertions.assertFalse(files.isEmpty(), "no golden files in " + folder);
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".golden", "");
      tests.add(DynamicTest.dynamicTest(name, () -> check(file, rule)));
    }
    return tests;
  }

  private static void check(Path file, UnaryOperator<String> rule) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int line = text.indexOf(LINE);
    String input = line < 0 ? text.stripTrailing() : text.substring(0, line);
    String actual = rule.apply(input).stripTrailing();
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, input + LINE + actual + "\n", StandardCharsets.UTF_8);
      return;
    }
    Assertions.assertTrue(line >= 0, file + " has no line of dashes");
    Assertions.assertEquals(
        text.substring(line + LINE.length()).stripTrailing(), actual, file.toString());
  }
}

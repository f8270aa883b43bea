package io.dockherd.doors.manifests.format;

import io.dockherd.Golden;
import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each file of {@code src/test/resources/manifests}: {@code app/container} and a manifest, and what
 * becomes of it. Several manifests, each after a line that says whose it is, are read one by one.
 */
class ManifestGoldenTest {
  @TestFactory
  List<DynamicTest> manifestsMeanWhatTheFilesSay() throws IOException {
    return Golden.tests("manifests", ManifestGoldenTest::all);
  }

  private static String all(String input) {
    StringBuilder read = new StringBuilder();
    StringBuilder text = new StringBuilder();
    String name = "";
    for (String line : input.lines().toList()) {
      if (line.startsWith("= ")) {
        append(read, name, text);
        name = line.substring(2);
      } else {
        text.append(line).append('\n');
      }
    }
    append(read, name, text);
    return read.toString();
  }

  private static void append(StringBuilder read, String name, StringBuilder text) {
    if (!name.isEmpty()) {
      read.append(read(name, text.toString())).append('\n');
    }
    text.setLength(0);
  }

  private static String read(String name, String text) {
    String[] names = name.split("/", 2);
    try {
      Manifest manifest = ManifestFormat.read(new ManifestName(names[0], names[1]), text);
      return manifest.name().path()
          + " x "
          + manifest.scale()
          + "\n"
          + manifest.config().json().encodePrettily();
    } catch (Invalid e) {
      return e.subject() + " -> " + e.explanation();
    }
  }
}

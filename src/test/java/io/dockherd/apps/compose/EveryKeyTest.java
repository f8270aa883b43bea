package io.dockherd.apps.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.dockherd.apps.Wanted;
import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.VirtualFolder;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.schema.Support;
import io.dockherd.compose.schema.SupportMatrix;
import io.dockherd.failure.Failure;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * No key is silently ignored: each that Compose files may have changes what comes of them, or a
 * warning or a refusal names it. The table says how a file looks without and with the key.
 */
class EveryKeyTest {
  private static final Path TABLE = Path.of("src/test/resources/apps-compose/every-key.txt");

  /** These only say what is read, and how; the reader's own tests have them. */
  private static final String OF_THE_READER = "name|(include|extends|env_file|profiles)([.\\[].*)?";

  /**
   * A line: key, what the file has without it, what it has with it; both for {@code services.web}.
   */
  private record Row(String key, String without, String with) {
    static Row of(String line) {
      String[] cells = line.split(" \\| ", 3);
      return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip());
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Row::of)
        .toList();
  }

  @TestFactory
  List<DynamicTest> makesADifference() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    int number = 0;
    for (Row row : rows()) {
      tests.add(
          DynamicTest.dynamicTest(
              ++number + " " + row.key(),
              () -> assertNotEquals(outcome(row.without()), outcome(row.with()))));
    }
    return tests;
  }

  @Test
  void everyHonouredKeyIsInTheTable() throws IOException {
    List<String> honoured =
        SupportMatrix.rows().stream()
            .filter(row -> row.support() == Support.HONOURED)
            .map(SupportMatrix.Row::key)
            .filter(key -> !key.matches(OF_THE_READER))
            .sorted()
            .toList();
    assertEquals(
        honoured.stream().collect(Collectors.joining("\n")),
        rows().stream().map(Row::key).sorted().collect(Collectors.joining("\n")));
  }

  /** {@code {…} + {…}}: what the service has, and what the file has besides. */
  private static String outcome(String cell) {
    String[] parts = cell.split(" \\+ ", 2);
    String service = parts[0];
    String file = parts.length > 1 ? parts[1] : "{}";
    String text =
        "%s\n=== compose.yaml\nx-s: &s %s\n<<: %s\nservices:\n  web: {<<: [*s, {image: busybox}]}\n  db: {image: busybox, scale: 1}\n"
            .formatted("$ KEY=k", service, file);
    VirtualFolder folder = new VirtualFolder(text);
    try {
      Project project = ComposeLoader.load(folder.request(), folder).project();
      Translation apart = ComposeApps.asServices(project, content -> Buffer.buffer("" + content));
      return told(apart) + (file.contains("x-dockherd") ? told(pod(project)) : "");
    } catch (Failure e) {
      return e.explanation();
    }
  }

  private static Translation pod(Project project) {
    return ComposeApps.asPod(project, content -> Buffer.buffer());
  }

  private static String told(Translation translation) {
    return translation.warnings()
        + "\n"
        + translation.builds()
        + "\n"
        + translation.apps().stream()
            .map(Wanted::json)
            .map(json -> json.encodePrettily().replaceAll(".*config-hash.*", ""))
            .collect(Collectors.joining("\n"));
  }
}

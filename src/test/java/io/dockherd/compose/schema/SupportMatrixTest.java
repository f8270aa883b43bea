package io.dockherd.compose.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in docs/compose.md is the table in the code. */
class SupportMatrixTest {
  private static final Path PAGE = Path.of("docs/compose.md");
  private static final Path NOTES = Path.of("src/test/resources/compose/up-notes.txt");
  private static final String START = "-Dgolden.write=true. -->\n\n";
  private static final String HEAD =
      "| key | form | support | with `up`, `--pod` |\n| --- | --- | --- | --- |\n";

  @Test
  void thePageShowsEveryKey() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf(START) + START.length();
    assertTrue(start > START.length(), "the page has no place for the table");
    String table = HEAD + lines().stream().map(row -> row + "\n").collect(Collectors.joining());
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(PAGE, page.substring(0, start) + table);
      return;
    }
    assertEquals(page.substring(start), table);
  }

  /** A row each, with what else there is to say of it; each note has its row. */
  private static List<String> lines() throws IOException {
    Map<String, String> notes = new LinkedHashMap<>();
    for (String line : Files.readAllLines(NOTES)) {
      if (!line.startsWith("#")) {
        String[] cells = line.split(" \\| ", 2);
        notes.put(cells[0], cells[1]);
      }
    }
    List<String> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (SupportMatrix.Row row : SupportMatrix.rows()) {
      boolean isOfFile = row.key().startsWith("configs.") || row.key().startsWith("secrets.");
      String key = isOfFile || !seen.add(row.key()) ? "file:" + row.key() : row.key();
      lines.add(row + " " + Optional.ofNullable(notes.remove(key)).orElse("") + " |");
    }
    assertEquals(Map.of(), notes);
    return lines;
  }

  @Test
  void whatIsNotHonouredSaysWhy() {
    List<SupportMatrix.Row> silent =
        SupportMatrix.rows().stream()
            .filter(row -> row.support() != Support.HONOURED && row.note().isBlank())
            .toList();
    assertEquals(List.of(), silent);
  }

  @Test
  void noKeyIsThereTwice() {
    Set<String> seen = new HashSet<>();
    List<String> twice =
        SupportMatrix.rows().stream()
            .map(SupportMatrix.Row::key)
            .filter(key -> !seen.add(key))
            .toList();
    // A service's name for its own things is also the name of the place they are declared at.
    assertEquals(List.of(), twice.stream().filter(key -> !isDeclared(key)).toList());
  }

  private static boolean isDeclared(String key) {
    return List.of("networks", "volumes", "configs", "secrets", "models", "x-dockherd").stream()
        .anyMatch(key::startsWith);
  }
}
